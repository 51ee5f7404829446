/* The lists and the panel beside the text. */

const LISTED = 300; // documents in the list before the rest waits behind a button
const ERRORS_LISTED = 200;
const byId = (id) => document.getElementById(id);
const letterOf = (place) => "AB"[place];
let listedDocs = LISTED;
let docRows = [];

function buildDocuments() {
  docRows = index.docs.slice(0, listedDocs).map(([id, title], doc) => {
    const count = make("span", { class: "count" });
    const name = isolated(id, 60);
    const button = make("button", { type: "button", "data-doc": doc }, name, title ? isolated(title, 80) : null, count);
    const row = make("li", {}, button);
    return { row, button, count, shown: "" };
  });
  const more = index.docs.length - docRows.length;
  const rest = more > 0 ? make("li", {}, make("button", { type: "button", id: "more-docs" }, `${more} more documents`)) : null;
  byId("doc-list").replaceChildren(...docRows.map((one) => one.row), ...(rest ? [rest] : []));
}

function updateDocuments() {
  let [hits, wrong] = [0, 0];
  docRows.forEach((one, doc) => {
    const shown = shownSystems();
    const some = shown.some((number) => found[number].ofDoc[doc] > 0);
    // A document is found by its name only where nothing is asked of its errors.
    const hit = some || (chosen.group < 0 && (!chosen.query || found.docs[doc]));
    hits += hit;
    wrong += some;
    const told = shown.map((number) => countOf(number, doc));
    const text = told.length > 1 ? told.map((said, place) => `${letterOf(place)} ${said}`).join(" · ") : (told[0] ?? "0");
    if (one.shown !== text) one.count.textContent = one.shown = text;
    if (one.row.hidden === hit) one.row.hidden = !hit;
    if (doc === chosen.doc) one.button.setAttribute("aria-current", "true");
    else if (one.button.hasAttribute("aria-current")) one.button.removeAttribute("aria-current");
  });
  const listed = Math.min(index.docs.length, listedDocs);
  const rest = index.docs.length - listed;
  byId("doc-hits").textContent =
    `${hits} of ${count(listed, "document")}${rest ? ` (${rest} not listed yet)` : ""}, ${wrong} with errors shown`;
}

/* How many errors of a system are shown in a document; a dash where it covers none of the chosen layers. */
function countOf(system, doc) {
  if (coversNothing(system)) return "–";
  return `${found[system].ofDoc[doc]}${notAnswered(system, doc).length ? " (no answer)" : ""}`;
}

function coversNothing(system) {
  return chosen.layers.size > 0 && notCovered(system).length === chosen.layers.size;
}

/* Filter chips of error classes, with how many errors each has under the other filters. */
function updateChips() {
  const counts = index.classes.map((_, kind) => found.reduce((sum, one) => sum + one.ofClass[kind], 0));
  const chips = index.classes.flatMap((one, kind) => {
    if (!chosen.layers.has(one.layer) || (!counts[kind] && !chosen.off.has(kind))) return [];
    const box = make("input", { type: "checkbox", "data-class": kind, checked: !chosen.off.has(kind) });
    const several = chosen.layers.size > 1 ? `${index.layers[one.layer][1]}: ` : "";
    const badge = make("span", { class: `badge is-${one.kind}`, "aria-hidden": "true" }, one.badge);
    return [make("label", { class: "chip", title: one.meaning }, box, badge, `${several}${one.name} (${counts[kind]})`)];
  });
  const focused = document.activeElement?.dataset?.class;
  byId("classes").replaceChildren(...(chips.length ? chips : [make("span", { class: "quiet" }, "no errors here")]));
  if (focused !== undefined) byId("classes").querySelector(`[data-class="${focused}"]`)?.focus();
  const total = shownSystems().map((number, place) => `${letterOf(place)}: ${totalOf(number)}`);
  byId("shown-errors").textContent = `Errors shown, all documents: ${total.join("; ")}`;
  byId("quoted-errors").textContent = tellQuoted();
}

function totalOf(system) {
  return coversNothing(system) ? "not covered" : `${found[system].total} of ${systems[system].doc.length}`;
}

/* How the errors shown belong to the numbers at the top of the page, where these do not count all of them. */
function tellQuoted() {
  const covering = chosen.shown.flatMap((number, place) => (number < 0 || coversNothing(number) ? [] : [[number, place]]));
  if (covering.every(([number]) => found[number].quoted === found[number].total)) return "";
  const told = covering.map(([number, place]) => `${letterOf(place)}: ${found[number].quoted}`);
  const what = [["entities", "names, not nouns and pronouns"], ["stances", "opinions, not beliefs"]];
  const why = what.filter(([name]) => index.layers.some(([layer], n) => layer === name && chosen.layers.has(n)));
  return `. Of these the number to quote counts ${told.join("; ")} (${why.map(([, words]) => words).join("; ")}).`;
}

function updateTexts() {
  const columns = chosen.shown.flatMap((system, place) => (system < 0 ? [] : [renderColumn(system, place)]));
  byId("texts").replaceChildren(...columns);
  byId("texts").dataset.columns = columns.length;
}

function renderColumn(system, place) {
  const rows = passing(chosen.doc, system);
  const head = make("h4", {}, make("span", { class: `key key-${place}` }, letterOf(place)), " ", isolated(systems[system].name, 80));
  const sums = tellColumn(system, rows).map(([said, warns]) => make("p", { class: warns ? "warning" : "quiet" }, said));
  return make("section", { class: "column" }, head, ...sums, renderArticle(chosen.doc, system, place), renderErrors(system, place, rows));
}

/* What is shown of a system in the document: its errors, what is right, and what it does not say. */
function tellColumn(system, rows) {
  const [missing, silent] = [notCovered(system), notAnswered(system, chosen.doc)];
  const told = [];
  if (missing.length) told.push([`Not covered by this system: ${missing.join(", ")}.`, false]);
  if (silent.length) told.push([`No answer for this document, which counts as nothing found: ${silent.join(", ")}.`, true]);
  if (coversNothing(system)) return told;
  const block = blockOf(chosen.doc);
  const right = block.entries[system].filter((entry, n) => entry[1] === "right" && isShown(block, system, entry, n));
  const placed = right.filter((entry) => placesOf(block, entry, 3).length || placesOf(block, entry, 4).length).length;
  const without = right.length - placed ? ` (${right.length - placed} without a place in the text)` : "";
  const rest = chosen.agreement ? ` and ${count(right.length, "right item")}${without}` : "";
  return [...told, [`Shown: ${count(rows.length, "error")}${rest}.`, false]];
}

function renderErrors(system, place, numbers) {
  const block = blockOf(chosen.doc);
  const items = numbers.slice(0, ERRORS_LISTED).map((number) => {
    const kind = classOf(system, block.rows[system][number]);
    const button = make("button", { type: "button", "data-entry": number, "data-place": place, class: "error" });
    button.append(make("span", { class: `badge is-${kind.kind}`, "aria-hidden": "true" }, kind.badge), ` ${kind.name} `);
    appendSides(button, block, block.entries[system][number]);
    return make("li", {}, button);
  });
  const more = numbers.length - items.length;
  if (more > 0) items.push(make("li", { class: "quiet" }, `${more} more: narrow the filters`));
  const title = make("summary", {}, `List of errors in this text (${numbers.length})`);
  return make("details", { class: "errors" }, title, make("ol", {}, ...items));
}

function appendSides(node, block, entry) {
  [["gold", entry[3]], ["predicted", entry[4]]].forEach(([name, number]) => {
    if (number < 0) return;
    const item = block.items[number];
    node.append(make("span", { class: "side" }, `${name} `), isolated(itemText(block, item), 60), " ");
    if (item[1]) node.append(make("span", { class: "label" }, isolated(item[1], 60)), " ");
  });
}

/* The panel: the selected entry with both sides, the rule, and the prefilled erratum. */
function updatePanel() {
  const panel = byId("panel-body");
  const system = chosen.shown[chosen.system];
  const block = blockOf(chosen.doc);
  const entry = chosen.entry >= 0 && system >= 0 ? block.entries[system][chosen.entry] : undefined;
  if (!entry) {
    panel.replaceChildren(make("p", { class: "quiet" }, "Choose a mark or a badge in the text to see its gold, its prediction and the rule."));
    return;
  }
  const row = block.rows[system][chosen.entry];
  const kind = row < 0 ? null : classOf(system, row);
  const title = make("h4", { id: "panel-title", tabindex: "-1" });
  if (kind) title.append(make("span", { class: `badge is-${kind.kind}`, "aria-hidden": "true" }, kind.badge), " ");
  title.append(entry[1]);
  const about = `${index.layers[entry[0]][1]}${entry[2] ? `, ${visible(entry[2], 60)}` : ""}; system `;
  const id = make("code", { class: "item-id" }, isolated(idOf(block, entry), 80));
  const link = kind ? make("a", { href: addressOf(system, block, entry), class: "item-link" }, "link to this error") : null;
  panel.replaceChildren(
    title,
    make("p", { class: "quiet" }, about, isolated(systems[system].name, 60)),
    make("p", { class: "quiet" }, "id ", id, ...(link ? [" · ", link] : [])),
    kind ? make("p", {}, `${kind.meaning}.`) : "",
    renderSide("Gold", block, entry[3], entry[1]),
    renderSide("Predicted", block, entry[4], entry[1]),
    ...(kind ? [renderRules(system, row), renderErratum(system, row, block, entry)] : []),
    renderOther(block, entry) || "",
  );
}

function renderSide(name, block, number, verdict) {
  const list = make("dl", {});
  if (number < 0) list.append(make("dt", {}, name), make("dd", { class: "quiet" }, "nothing"));
  else {
    const [id, label, , spans] = block.items[number];
    const place = spans.map(([start, end]) => `${start}–${end}`).join(", ");
    const text = make("dd", { class: "surface" }, isolated(itemText(block, block.items[number])));
    list.append(make("dt", {}, name), text);
    if (label) list.append(make("dt", {}, "label"), make("dd", {}, isolated(label)));
    if (name !== "Gold" && id !== "") list.append(make("dt", {}, "in its line"), make("dd", {}, typeof id === "number" ? `item ${id}` : isolated(id, 80)));
    list.append(make("dt", {}, "characters"), make("dd", {}, place || "no place in the text"));
  }
  return list;
}

function renderRules(system, row) {
  const rules = rulesOf(system, row);
  if (!rules.length) return "";
  const items = rules.map((rule) => make("li", {}, make("strong", {}, rule), " ", isolated(index.rules[rule] || "", 220)));
  const where = rules.every((rule) => index.rules[rule]) ? "" : "Their texts are in annotations/guidelines of the goldassay repository.";
  return make("div", {}, make("h5", {}, "Rules of the guidelines for such cases"), make("ul", { class: "rules" }, ...items),
    where ? make("p", { class: "quiet" }, where) : "");
}

/* What the other system did with the same gold item. */
function renderOther(block, entry) {
  const other = chosen.shown[1 - chosen.system];
  if (other < 0 || entry[3] < 0) return null;
  const same = block.entries[other].filter((one) => one[0] === entry[0] && one[3] === entry[3]);
  const said = same.length ? same.map((one) => one[1]).join(", ") : "not scored";
  return make("p", { class: "quiet" }, isolated(systems[other].name, 60), ` on the same gold item: ${said}`);
}

/* One side in a line of an erratum; the place of a prediction in its line is no id that stays. */
function sideText(block, number, hasId) {
  if (number < 0) return "nothing";
  const [id, label, , spans] = block.items[number];
  const place = spans.length ? `, characters ${spans.map(([start, end]) => `${start}-${end}`).join(", ")}` : "";
  return `"${visible(itemText(block, block.items[number]))}" ${visible(label || "")}${place}${hasId && id !== "" ? `, id ${visible(String(id))}` : ""}`;
}

function erratumText(system, row, block, entry) {
  const rules = rulesOf(system, row);
  return [
    "Erratum: the gold may be wrong",
    ...Object.entries(index.about).map(([name, value]) => `${name}: ${value}`),
    `document: ${visible(index.docs[chosen.doc][0])}`,
    `layer: ${index.layers[entry[0]][0]}`,
    `item: ${visible(idOf(block, entry))}${entry[6] ? " (made of the prediction: no gold item of its own)" : ""}`,
    `error: ${entry[1]}`,
    ...(rules.length ? [`rule: ${rules.join(", ")}`] : []),
    `gold: ${sideText(block, entry[3], true)}`,
    `prediction of ${visible(systems[system].name, 80)}: ${sideText(block, entry[4], false)}`,
    "why I think the gold is wrong: ",
  ].join("\n");
}

function renderErratum(system, row, block, entry) {
  const text = make("textarea", { rows: 9, readonly: true, id: "erratum", "aria-label": "prefilled erratum", dir: "auto" });
  text.value = erratumText(system, row, block, entry);
  const said = make("span", { role: "status", class: "quiet" });
  const button = make("button", { type: "button", id: "copy" }, "Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = " copied";
    } catch {
      text.select();
      said.textContent = document.execCommand("copy") ? " copied" : " selected: copy it with the keyboard";
    }
  });
  return make("details", { class: "dispute" }, make("summary", {}, "Is the gold wrong? Dispute it"), text, button, said);
}
