/* What is chosen, and which errors that leaves: loops over columns of integers, no strings. */

const index = JSON.parse(document.getElementById("index").textContent);
const layerOfClass = Int32Array.from(index.classes, (one) => one.layer);
const systems = index.systems.map((system) => ({
  name: system.name,
  covers: new Set(system.covers), // numbers of layers
  silent: system.silent, // {document: numbers of layers that it was not answered in}
  doc: Int32Array.from(system.errors.doc),
  class: Int32Array.from(system.errors.class),
  group: Int32Array.from(system.errors.group),
  word: Int32Array.from(system.errors.word),
  quoted: Uint8Array.from(system.errors.quoted),
  from: firstRows(system.errors.doc, index.docs.length),
}));

function firstRows(docs, count) {
  const from = new Int32Array(count + 1);
  for (const doc of docs) from[doc + 1] += 1;
  for (let n = 0; n < count; n += 1) from[n + 1] += from[n];
  return from;
}

const chosen = {
  shown: [index.first, index.second], // numbers of systems; -1 for none
  doc: 0,
  layers: new Set(),
  group: -1,
  off: new Set(), // classes that are switched off
  query: "",
  agreement: true,
  quoted: false, // only what the number to quote counts
  system: 0, // place in `shown` of the selected entry
  entry: -1, // its number in its document's block
};

function shownSystems() {
  return chosen.shown.filter((number) => number >= 0);
}

const blocks = new Map();

/* The block of a document, parsed when it is first asked for. */
function blockOf(doc) {
  if (!blocks.has(doc)) {
    const block = JSON.parse(document.getElementById(`doc-${doc}`).textContent);
    block.chars = Array.from(block.text);
    block.cut = block.chars.length === block.text.length
      ? (start, end) => block.text.slice(start, end)
      : (start, end) => block.chars.slice(start, end).join("");
    block.rows = block.entries.map((entries, number) => rowsOf(entries, systems[number].from[doc]));
    blocks.set(doc, block);
  }
  return blocks.get(doc);
}

/* For each entry its row in the columns of errors; -1 for what is no error. */
function rowsOf(entries, first) {
  let row = first;
  return entries.map((entry) => (isError(entry) ? row++ : -1));
}

function isError(entry) {
  return entry[1] !== "right" && entry[1] !== "not counted";
}

let found = []; // for each system: which rows pass, and how many in each document

/* Apply all filters to the shown systems; classes that are switched off still count in their own chips. */
function applyFilters() {
  const query = chosen.query.toLowerCase();
  const words = query ? index.words.map((word) => word.toLowerCase().includes(query)) : null;
  const docs = query ? index.docs.map(([id, title]) => `${id}\n${title}`.toLowerCase().includes(query)) : null;
  found = systems.map((system, number) => {
    const kept = new Uint8Array(system.doc.length);
    const ofDoc = new Int32Array(index.docs.length);
    const ofClass = new Int32Array(index.classes.length);
    if (!chosen.shown.includes(number)) return { kept, ofDoc, ofClass, total: 0, quoted: 0 };
    let total = 0;
    let quoted = 0;
    for (let row = 0; row < kept.length; row += 1) {
      const kind = system.class[row];
      if (!chosen.layers.has(layerOfClass[kind])) continue;
      if (chosen.group >= 0 && system.group[row] !== chosen.group) continue;
      if (chosen.quoted && !system.quoted[row]) continue;
      if (query && !words[system.word[row]] && !docs[system.doc[row]]) continue;
      ofClass[kind] += 1;
      if (chosen.off.has(kind)) continue;
      kept[row] = 1;
      ofDoc[system.doc[row]] += 1;
      total += 1;
      quoted += system.quoted[row];
    }
    return { kept, ofDoc, ofClass, total, quoted };
  });
  found.docs = docs;
}

/* Numbers of the entries of a document that pass, in the order of the text. */
function passing(doc, system) {
  const rows = blockOf(doc).rows[system];
  return [...rows.keys()].filter((number) => rows[number] >= 0 && found[system].kept[rows[number]]);
}

function classOf(system, row) {
  return index.classes[systems[system].class[row]];
}

/* Ids of the guideline rules for such an error; none where the gold was not made by these guidelines. */
function rulesOf(system, row) {
  const one = systems[system];
  return index.groupRules[`${one.class[row]},${one.group[row]}`] || index.classRules[one.class[row]];
}

/* Titles of the chosen layers that a system does not cover, or that it did not answer in a document. */
function titlesOf(layers) {
  return [...layers].filter((layer) => chosen.layers.has(layer)).map((layer) => index.layers[layer][1]);
}

function notCovered(system) {
  return titlesOf(index.layers.map((_, layer) => layer).filter((layer) => !systems[system].covers.has(layer)));
}

function notAnswered(system, doc) {
  return titlesOf(systems[system].silent[doc] || []);
}

/* An id that stays from run to run: that of the gold item, else one made of what was predicted. */
function idOf(block, entry) {
  return entry[6] || String(block.items[entry[3]][0]);
}
