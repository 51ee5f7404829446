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
  let hits = 0;
  docRows.forEach((one, doc) => {
    const counts = shownSystems().map((number) => found[number].ofDoc[doc]);
    const hit = !chosen.query || found.docs[doc] || counts.some((count) => count > 0);
    hits += hit;
    const text = counts.length > 1 ? counts.map((count, place) => `${letterOf(place)} ${count}`).join(" · ") : `${counts[0] ?? 0}`;
    if (one.shown !== text) one.count.textContent = one.shown = text;
    if (one.row.hidden === hit) one.row.hidden = !hit;
    if (doc === chosen.doc) one.button.setAttribute("aria-current", "true");
    else if (one.button.hasAttribute("aria-current")) one.button.removeAttribute("aria-current");
  });
  byId("doc-hits").textContent = `${hits} of ${index.docs.length} documents`;
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
  const total = shownSystems().map((number, place) => `${letterOf(place)}: ${found[number].total} of ${systems[number].doc.length}`);
  byId("shown-errors").textContent = `Errors shown, all documents: ${total.join("; ")}`;
}

function updateTexts() {
  const columns = chosen.shown.flatMap((system, place) => (system < 0 ? [] : [renderColumn(system, place)]));
  byId("texts").replaceChildren(...columns);
  byId("texts").dataset.columns = columns.length;
}

function renderColumn(system, place) {
  const rows = passing(chosen.doc, system);
  const right = systems[system].right[chosen.doc].reduce((sum, n, layer) => sum + (chosen.layers.has(layer) ? n : 0), 0);
  const head = make("h4", {}, make("span", { class: `key key-${place}` }, letterOf(place)), " ", isolated(systems[system].name, 80));
  const sum = make("p", { class: "quiet" }, `${rows.length} errors shown, ${right} items right in the chosen layers`);
  return make("section", { class: "column" }, head, sum, renderArticle(chosen.doc, system, place), renderErrors(system, place, rows));
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
  panel.replaceChildren(
    title,
    make("p", { class: "quiet" }, about, isolated(systems[system].name, 60)),
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
    if (id !== "") list.append(make("dt", {}, "id"), make("dd", {}, typeof id === "number" ? `item ${id} of its line` : isolated(id, 80)));
    if (place) list.append(make("dt", {}, "characters"), make("dd", {}, place));
  }
  return list;
}

function renderRules(system, row) {
  const items = rulesOf(system, row).map((rule) =>
    make("li", {}, make("strong", {}, rule), " ", isolated(index.rules[rule] || "", 220)));
  return make("div", {}, make("h5", {}, "Rules of the guidelines for such cases"), make("ul", { class: "rules" }, ...items));
}

/* What the other system did with the same gold item. */
function renderOther(block, entry) {
  const other = chosen.shown[1 - chosen.system];
  if (other < 0 || entry[3] < 0) return null;
  const same = block.entries[other].filter((one) => one[0] === entry[0] && one[3] === entry[3]);
  const said = same.length ? same.map((one) => one[1]).join(", ") : "not scored";
  return make("p", { class: "quiet" }, isolated(systems[other].name, 60), ` on the same gold item: ${said}`);
}

function sideText(block, number) {
  if (number < 0) return "nothing";
  const [id, label, , spans] = block.items[number];
  const place = spans.length ? `, characters ${spans.map(([start, end]) => `${start}-${end}`).join(", ")}` : "";
  return `"${visible(itemText(block, block.items[number]))}" ${visible(label || "")}${place}${id === "" ? "" : `, id ${visible(String(id))}`}`;
}

function erratumText(system, row, block, entry) {
  const gold = entry[3] < 0 ? "" : String(block.items[entry[3]][0]);
  return [
    "Erratum: the gold may be wrong",
    ...Object.entries(index.about).map(([name, value]) => `${name}: ${value}`),
    `document: ${visible(index.docs[chosen.doc][0])}`,
    `layer: ${index.layers[entry[0]][0]}`,
    `item: ${gold ? visible(gold) : "none (a prediction that met no gold item)"}`,
    `error: ${entry[1]}`,
    `rule: ${rulesOf(system, row).join(", ") || "none"}`,
    `gold: ${sideText(block, entry[3])}`,
    `prediction of ${visible(systems[system].name, 80)}: ${sideText(block, entry[4])}`,
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
