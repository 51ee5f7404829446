/* Text from data: shown as text nodes only, control characters made visible, very long tokens cut. */

const CONTROL =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
const TOKEN = 400; // characters of one token before the rest waits behind a button
const LONG = new RegExp(`[^\\s]{${TOKEN + 1},}`);

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

function codeOf(char) {
  return `U+${char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/* The text as a plain string that is safe to paste: control characters as U+XXXX. */
function visible(text, limit = 400) {
  const cut = text.length > limit ? `${text.slice(0, limit)}… (${text.length - limit} more)` : text;
  return cut.replace(new RegExp(CONTROL, "gu"), (char) => `⟨${codeOf(char)}⟩`);
}

function appendShort(node, text) {
  let rest = text;
  for (let found = rest.match(CONTROL); found; found = rest.match(CONTROL)) {
    if (found.index) node.append(rest.slice(0, found.index));
    const name = codeOf(found[0]);
    node.append(make("span", { class: "control", title: `invisible character ${name}, shown instead of obeyed` }, name));
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest) node.append(rest);
}

function safeCut(text, at) {
  const code = text.charCodeAt(at - 1);
  return code >= 0xd800 && code <= 0xdbff ? at - 1 : at;
}

function appendRest(node, rest, of) {
  const button = make("button", { type: "button", class: "more" }, `… ${rest.length.toLocaleString("en")} more ${of}`);
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    const whole = make("span");
    appendShort(whole, rest);
    button.replaceWith(whole);
  });
  node.append(button);
}

/* Add a text to a node; with a limit the rest of a longer text waits behind a button. */
function appendText(node, text, limit = Infinity) {
  if (text.length > limit) {
    const space = text.lastIndexOf(" ", limit);
    const cut = safeCut(text, space > limit / 2 ? space : limit);
    appendShort(node, text.slice(0, cut));
    appendRest(node, text.slice(cut), "characters");
    return node;
  }
  let rest = text;
  for (let found = rest.match(LONG); found; found = rest.match(LONG)) {
    const start = safeCut(rest, found.index + TOKEN);
    const end = found.index + found[0].length;
    appendShort(node, rest.slice(0, start));
    appendRest(node, rest.slice(start, end), "characters of one word");
    rest = rest.slice(end);
  }
  appendShort(node, rest);
  return node;
}

/* A number of things in words: "1 item", "2 items". */
function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/* A text on its own, so that its direction does not reach what stands beside it. */
function isolated(text, limit = 200) {
  return appendText(make("bdi"), text, limit);
}
