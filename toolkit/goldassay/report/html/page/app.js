/* Choosing: every change goes through `refresh`, which filters, then redraws what depends on the filters. */

function refresh(change = {}) {
  Object.assign(chosen, { system: 0, entry: -1 }, change);
  applyFilters();
  updateDocuments();
  updateChips();
  updateTexts();
  updatePanel();
}

function select(place, entry, scroll = true) {
  Object.assign(chosen, { system: place, entry });
  updatePanel();
  for (const node of document.querySelectorAll(".selected")) node.classList.remove("selected");
  const marks = [...byId("texts").querySelectorAll(`[data-place="${place}"]`)];
  const own = marks.filter((node) =>
    node.dataset.entry === String(entry) || (node.dataset.entries || "").split(" ").includes(String(entry)));
  for (const node of own) node.classList.add("selected");
  const system = chosen.shown[place];
  const row = entry >= 0 && system >= 0 ? blockOf(chosen.doc).entries[system][entry] : undefined;
  setAddress(row && isError(row) ? addressOf(system, blockOf(chosen.doc), row) : "");
  const badge = own.find((node) => node.classList.contains("badge")) || own[0];
  if (scroll && badge) {
    badge.scrollIntoView({ block: "center" });
    badge.focus({ preventScroll: true });
  }
}

/* Show a document and choose its first error, its last one, or none (`last` null). */
function openDocument(doc, place = 0, last = false) {
  refresh({ doc });
  byId("doc-title").replaceChildren(isolated(index.docs[doc][0], 80));
  docRows[doc]?.button.scrollIntoView({ block: "nearest" });
  const errors = shownSystems().length ? passing(doc, chosen.shown[place]) : [];
  if (last !== null && errors.length) select(place, last ? errors.at(-1) : errors[0]);
}

/* The next or previous error of the system in hand; after the last one of a text, the next text that has one. */
function step(by) {
  const place = chosen.shown[chosen.system] >= 0 ? chosen.system : 0;
  const system = chosen.shown[place];
  const numbers = passing(chosen.doc, system);
  const next = by > 0 ? numbers.find((one) => one > chosen.entry) : numbers.findLast((one) => chosen.entry < 0 || one < chosen.entry);
  if (next !== undefined) return select(place, next);
  for (let doc = chosen.doc + by; doc >= 0 && doc < index.docs.length; doc += by) {
    if (found[system].ofDoc[doc]) return openDocument(doc, place, by < 0);
  }
  return undefined;
}

function chooseSystems(shown) {
  chosen.shown = shown;
  if (!index.layers.some((_, layer) => chosen.layers.has(layer) && hasLayer(layer))) {
    const first = index.layers.findIndex((_, layer) => hasLayer(layer));
    chosen.layers = new Set(first < 0 ? [] : [first]);
  }
  for (const box of byId("layers").querySelectorAll("input")) box.checked = chosen.layers.has(Number(box.dataset.layer));
}

function hasLayer(layer) {
  return shownSystems().some((number) => systems[number].covers.has(layer));
}

function toggleLayer(layer, on = !chosen.layers.has(layer)) {
  if (on) chosen.layers.add(layer);
  else chosen.layers.delete(layer);
  byId("layers").querySelector(`[data-layer="${layer}"]`).checked = on;
  refresh();
}

function buildControls() {
  index.layers.forEach(([, title], layer) => {
    const box = make("input", { type: "checkbox", "data-layer": layer });
    byId("layers").append(make("label", { class: "chip" }, box, `${title} `, make("kbd", {}, layer + 1)));
  });
  index.groups.forEach((group, number) => {
    if (group) byId("group").append(make("option", { value: number }, visible(group, 40)));
  });
  for (const place of [0, 1]) {
    const list = byId(`system-${place}`);
    if (place) list.append(make("option", { value: -1 }, "none"));
    systems.forEach((system, number) => list.append(make("option", { value: number }, visible(system.name, 60))));
    list.value = chosen.shown[place];
    list.addEventListener("change", () => {
      chooseSystems([0, 1].map((one) => Number(byId(`system-${one}`).value)));
      refresh();
    });
  }
}

function listen() {
  byId("layers").addEventListener("change", (event) => toggleLayer(Number(event.target.dataset.layer), event.target.checked));
  byId("group").addEventListener("change", (event) => refresh({ group: Number(event.target.value) }));
  byId("search").addEventListener("input", (event) => refresh({ query: event.target.value.trim() }));
  byId("agreement").addEventListener("change", (event) => refresh({ agreement: event.target.checked }));
  byId("quoted").addEventListener("change", (event) => refresh({ quoted: event.target.checked }));
  byId("classes").addEventListener("change", (event) => {
    const kind = Number(event.target.dataset.class);
    if (event.target.checked) chosen.off.delete(kind);
    else chosen.off.add(kind);
    refresh();
  });
  byId("no-classes").addEventListener("click", () => {
    index.classes.forEach((_, kind) => chosen.off.add(kind));
    refresh();
  });
  byId("all-classes").addEventListener("click", () => refresh({ off: new Set() }));
  byId("doc-list").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.id === "more-docs") {
      listedDocs = index.docs.length;
      buildDocuments();
      updateDocuments();
    } else if (button) {
      openDocument(Number(button.dataset.doc), 0, null);
      if (byId("doc-title").getBoundingClientRect().top < 0) byId("doc-title").scrollIntoView();
    }
  });
  byId("texts").addEventListener("click", (event) => {
    const button = event.target.closest("[data-entry]");
    const mark = event.target.closest("[data-entries]");
    if (button) select(Number(button.dataset.place), Number(button.dataset.entry), button.classList.contains("error"));
    else if (mark) select(Number(mark.dataset.place), Number(mark.dataset.entries.split(" ")[0]), false);
  });
  byId("help-button").addEventListener("click", () => byId("help").showModal());
  byId("next").addEventListener("click", () => step(1));
  byId("previous").addEventListener("click", () => step(-1));
  document.addEventListener("keydown", press);
  window.addEventListener("hashchange", followAddress);
  window.addEventListener("beforeprint", openAll);
  window.addEventListener("afterprint", closeAgain);
}

let opened = []; // what printing opened

/* Paper cannot be clicked: everything but the erratum's form is open on it, and closed again afterwards. */
function openAll() {
  opened = [...opened, ...document.querySelectorAll("details:not([open], .dispute)")];
  for (const part of opened) part.open = true;
}

function closeAgain() {
  for (const part of opened) part.open = false;
  opened = [];
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && !byId("help").open) {
    document.activeElement?.blur?.();
    select(0, -1, false);
    return;
  }
  if (event.target.closest("input[type=search], textarea, select") || byId("help").open) return;
  const layer = Number(event.key) - 1;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "n" || event.key === "p") {
    const doc = chosen.doc + (event.key === "n" ? 1 : -1);
    if (index.docs[doc]) openDocument(doc, 0, null);
  } else if (event.key === "/") byId("search").focus();
  else if (event.key === "?") byId("help").showModal();
  else if (index.layers[layer]) toggleLayer(layer);
  else return;
  event.preventDefault();
}

/* The lists stick below the controls, whose height depends on the window. */
function followControls() {
  const bar = document.querySelector(".controls");
  const measure = () => {
    const sticky = getComputedStyle(bar).position === "sticky";
    document.documentElement.style.setProperty("--bar", sticky ? `${bar.offsetHeight}px` : "2rem");
  };
  new ResizeObserver(measure).observe(bar);
}

buildControls();
buildDocuments();
chooseSystems(chosen.shown);
listen();
followControls();
if (index.docs.length) openDocument(0, 0, null);
followAddress();
document.documentElement.dataset.ready = "true";
