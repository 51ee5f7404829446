/* The address of an error: #error/document/layer/id/class/system, with an id that stays from run to run. */

const ADDRESS = "#error/";

function addressOf(system, block, entry) {
  const parts = [index.docs[chosen.doc][0], index.layers[entry[0]][0], idOf(block, entry), entry[1], systems[system].name];
  return ADDRESS + parts.map((part) => encodeURIComponent(visible(part, Infinity))).join("/");
}

/* Name the chosen error in the address line; without one, leave an address of another kind alone. */
function setAddress(address) {
  if (!address && !location.hash.startsWith(ADDRESS)) return;
  try {
    history.replaceState(null, "", address || "#documents");
  } catch {
    // A browser that forbids this for files still has the link in the panel.
  }
}

function readAddress() {
  try {
    return location.hash.startsWith(ADDRESS) ? location.hash.slice(ADDRESS.length).split("/").map(decodeURIComponent) : null;
  } catch {
    return null;
  }
}

/* Open the error that the address names: in the system it names, else in the first that has an entry of that item. */
function followAddress() {
  const wanted = readAddress();
  if (!wanted || wanted.length !== 5) return;
  const [id, layerName, item, verdict, name] = wanted;
  const doc = index.docs.findIndex(([known]) => visible(known, Infinity) === id);
  const layer = index.layers.findIndex(([known]) => known === layerName);
  if (doc < 0 || layer < 0) return;
  const block = blockOf(doc);
  const order = systems.map((_, number) => number).sort((one, other) => isNamed(other) - isNamed(one) || one - other);
  for (const system of order) {
    const known = [...block.entries[system].keys()].filter((n) => isItem(block.entries[system][n]));
    const entry = known.find((n) => block.entries[system][n][1] === verdict) ?? known[0];
    if (entry !== undefined) return showEntry(doc, layer, system, entry);
  }
  openDocument(doc, 0, null);

  function isNamed(system) {
    return Number(visible(systems[system].name, Infinity) === name);
  }
  function isItem(entry) {
    return entry[0] === layer && visible(idOf(block, entry), Infinity) === item;
  }
}

/* Show an entry whatever the filters were: they are all let go of. */
function showEntry(doc, layer, system, entry) {
  chosen.layers.add(layer);
  Object.assign(chosen, { group: -1, off: new Set(), query: "", quoted: false, agreement: true });
  byId("group").value = "-1";
  byId("search").value = "";
  byId("quoted").checked = false;
  byId("agreement").checked = true;
  if (!chosen.shown.includes(system)) {
    chosen.shown = [system, chosen.shown[1]];
    byId("system-0").value = system;
  }
  chooseSystems(chosen.shown);
  openDocument(doc, 0, null);
  select(chosen.shown.indexOf(system), entry);
}
