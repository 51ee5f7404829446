/* The article with gold and predicted marked: the text is cut at every boundary, each piece knows its entries. */

function renderArticle(doc, system, place) {
  const block = blockOf(doc);
  const article = make("article", { class: "text", "aria-label": `${systems[system].name}: the text with its marks` });
  const marks = collectMarks(block, system);
  const ends = badgeEnds(marks);
  let paragraph = make("p", { dir: "auto" });
  for (const [start, end, active] of pieces(block, marks)) {
    if (active.length) paragraph.append(renderPiece(block, start, end, active, place));
    else appendLines(block.cut(start, end));
    for (const number of ends.get(end) || []) paragraph.append(renderBadge(block, system, number, place));
  }
  article.append(paragraph);
  return article;

  function appendLines(text) {
    const lines = text.split("\n");
    lines.forEach((line, n) => {
      if (n) {
        if (paragraph.childNodes.length) article.append(paragraph);
        paragraph = make("p", { dir: "auto" });
      }
      if (line) appendText(paragraph, line);
    });
  }
}

/* Every shown place of every shown entry: start, end, side, number of the entry. */
function collectMarks(block, system) {
  const marks = [];
  const size = block.chars.length;
  block.entries[system].forEach((entry, number) => {
    if (!isShown(block, system, entry, number)) return;
    for (const side of [3, 4]) {
      for (const [start, end] of placesOf(block, entry, side)) {
        if (start < end && end <= size) marks.push({ start, end, gold: side === 3, number, error: isError(entry) });
      }
    }
  });
  return marks;
}

/* Where a side of an entry stands. What was said right without a place stands where its gold does. */
function placesOf(block, entry, side) {
  if (entry[side] < 0) return [];
  const own = block.items[entry[side]][3];
  return !own.length && side === 4 && entry[1] === "right" ? block.items[entry[3]][3] : own;
}

function isShown(block, system, entry, number) {
  if (!chosen.layers.has(entry[0])) return false;
  const row = block.rows[system][number];
  if (row >= 0) return found[system].kept[row] === 1;
  if (chosen.quoted && !entry[5]) return false;
  return chosen.agreement && (chosen.group < 0 || index.groups[chosen.group] === entry[2]);
}

/* Where the badge of each error stands: at the last end of its gold, else of its prediction. */
function badgeEnds(marks) {
  const at = new Map();
  for (const { end, number, gold, error } of marks) {
    if (!error) continue;
    const known = at.get(number);
    if (!known || (gold && !known.gold) || (gold === known.gold && end > known.end)) at.set(number, { end, gold });
  }
  const ends = new Map();
  for (const [number, { end }] of at) ends.set(end, [...(ends.get(end) || []), number]);
  return ends;
}

function* pieces(block, marks) {
  const cuts = new Set([0, block.chars.length]);
  for (const { start, end } of marks) cuts.add(start).add(end);
  const order = [...cuts].sort((one, other) => one - other);
  const starts = [...marks].sort((one, other) => one.start - other.start);
  let active = [];
  let next = 0;
  for (let n = 0; n + 1 < order.length; n += 1) {
    active = active.filter((mark) => mark.end > order[n]);
    while (next < starts.length && starts[next].start === order[n]) active.push(starts[next++]);
    yield [order[n], order[n + 1], active];
  }
}

function renderPiece(block, start, end, active, place) {
  const system = chosen.shown[place];
  const classes = ["mark"];
  if (active.some((mark) => mark.gold)) classes.push("gold");
  const said = active.filter((mark) => !mark.gold);
  if (said.length) classes.push("said");
  if (said.some((mark) => mark.start === start)) classes.push("opens");
  if (said.some((mark) => mark.end === end)) classes.push("closes");
  const kinds = new Set(active.filter((mark) => mark.error).map((mark) => classOf(system, block.rows[system][mark.number]).kind));
  classes.push(...[...kinds].map((kind) => `is-${kind}`));
  const right = active.some((mark) => block.entries[system][mark.number][1] === "right");
  if (!kinds.size) classes.push(right ? "is-right" : "is-left");
  // The narrowest entry comes first: it is the one that a click means.
  const numbers = [...new Set([...active].sort((a, b) => a.end - a.start - (b.end - b.start)).map((m) => m.number))];
  const node = make("span", { class: classes.join(" "), "data-entries": numbers.join(" "), "data-place": place });
  return appendText(node, block.cut(start, end));
}

function renderBadge(block, system, number, place) {
  const kind = classOf(system, block.rows[system][number]);
  const label = `${kind.name}: ${describeEntry(block, block.entries[system][number])}`;
  return make(
    "button",
    { type: "button", class: `badge is-${kind.kind}`, "data-entry": number, "data-place": place, title: label, "aria-label": label },
    kind.badge,
  );
}

function itemText(block, item) {
  if (item[2] !== null) return item[2];
  return item[3].map(([start, end]) => block.cut(start, end)).join(" ");
}

function describeEntry(block, entry) {
  const sides = [["gold", entry[3]], ["predicted", entry[4]]];
  return sides
    .filter(([, item]) => item >= 0)
    .map(([name, item]) => `${name} “${visible(itemText(block, block.items[item]), 60)}” ${visible(block.items[item][1] || "", 60)}`.trim())
    .join("; ");
}
