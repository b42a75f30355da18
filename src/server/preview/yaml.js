// Changes to the text of a YAML file, one value at a time. Comments, order, quotes and line breaks of everything else stay,
// which printing the whole document again (`Document.toString`) wouldn't do. Each change is read again and compared with
// what `Document.setIn` and its like make of it; where they differ, the document is printed after all.
//
// Scalars stay the words that are written: `8`, `1.10` and `no` are texts here.

const { Document, Scalar, isAlias, isMap, isScalar, isSeq, parseDocument, visit } = globalThis.jobpackEditor;

const WIDTH = 120;
const NULLS = ["", "~", "null", "Null", "NULL"];

/** Words that are written without quotes: dates, numbers, yes and no. */
export class Plain {
  constructor(text) { this.text = String(text); }
}
const PLAIN = { tag: "tag:jobpack,2026:plain", default: true, identify: (value) => value instanceof Plain, stringify: ({ value }) => value.text };
// By the rules of YAML 1.1 too, so that no reader takes a text for a number or for yes and no.
const WRITTEN = { schema: "yaml-1.1", customTags: (tags) => [PLAIN, ...tags] };

/** Reads a text. `error` says where it isn't YAML. */
export function parse(text) {
  const doc = parseDocument(text, { schema: "failsafe", prettyErrors: false });
  const [error] = doc.errors;
  return { doc, error: error && { message: error.message, at: error.pos[0] } };
}

/** The node at a path, if there is one; a pair with nothing after its colon has an empty scalar. */
export function nodeAt(doc, path) {
  return doc.hasIn(path) ? (path.length === 0 ? doc.contents : doc.getIn(path, true)) : undefined;
}

export const isNull = (node) => node === null || (isScalar(node) && (node.type ?? "PLAIN") === "PLAIN" && NULLS.includes(node.source ?? ""));

/** Where something stands: the value at a path, or as much of the path as there is. */
export function offsetOf(doc, path) {
  for (let length = path.length; length > 0; length--) {
    const parent = nodeAt(doc, path.slice(0, length - 1));
    const pair = isMap(parent) && pairOf(parent, path[length - 1]);
    if (pair) return pair.key.range[0];
    if (isSeq(parent) && parent.items[path[length - 1]]?.range) return parent.items[path[length - 1]].range[0];
  }
  return 0;
}

/** The path of what stands at a place of the text. */
export function pathAt(doc, offset) {
  const path = [];
  let node = doc.contents;
  for (;;) {
    const starts = (one) => (isMap(node) ? one.key.range[0] : one.range[0]) <= offset;
    const at = isMap(node) || isSeq(node) ? node.items.findLastIndex(starts) : -1;
    if (at < 0) return path;
    const one = node.items[at];
    path.push(isMap(node) ? String(one.key.value) : at);
    if (isMap(node) && offset <= one.key.range[1]) return path;
    node = isMap(node) ? one.value : one;
  }
}

const pairOf = (map, key) => map.items.find((pair) => String(pair.key?.value ?? pair.key) === String(key));
const lineStart = (text, at) => text.lastIndexOf("\n", at - 1) + 1;
const lineEnd = (text, at) => (text.indexOf("\n", at) + 1 || text.length + 1) - 1;
const column = (text, at) => at - lineStart(text, at);
const blankBefore = (text, at) => text.slice(lineStart(text, at), at).trim() === "";
const spaces = (count) => " ".repeat(count);

// Where the last word of a node ends; blank lines and comments after it aren't part of it.
function endOf(text, node) {
  if (isMap(node) && !node.flow) return pairEnd(text, node.items.at(-1));
  if (isSeq(node) && !node.flow) return endOf(text, node.items.at(-1));
  if (!node.type?.startsWith("BLOCK")) return node.range[1];
  return node.range[0] + text.slice(node.range[0], node.range[1]).trimEnd().length;
}
const colon = (text, pair) => text.indexOf(":", pair.key.range[1]) + 1 || pair.key.range[1];
const pairEnd = (text, pair) => (pair.value && !(isNull(pair.value) && !pair.value.source) ? endOf(text, pair.value) : colon(text, pair));

// Long texts are folded; those of short lines, such as lists in Markdown, keep their lines.
const styled = (text, taken) => {
  const lines = text.split("\n");
  if (lines.length > 1 && lines.every((line) => line.length + taken < WIDTH - 20)) return Scalar.BLOCK_LITERAL;
  return lines.length > 1 || text.length + taken + 2 > WIDTH ? Scalar.BLOCK_FOLDED : undefined;
};

/** `value` as YAML after `key:` whose line is indented by `indent`. */
function rendered(key, value, indent, flow, type) {
  const doc = new Document(null, WRITTEN);
  const node = doc.createNode(value);
  visit(node, {
    Scalar(at, scalar) {
      if (at !== "key" && typeof scalar.value === "string") scalar.type = styled(scalar.value, String(key).length + indent);
    },
  });
  if (type) node.type = type;
  const options = {
    lineWidth: flow ? 0 : Math.max(WIDTH - indent, 40), minContentWidth: 0, doubleQuotedMinMultiLineLength: 1e9,
    flowCollectionPadding: false, nullStr: flow ? "null" : "",
  };
  if (flow) {
    doc.contents = doc.createNode([node], { flow: true });
    return doc.toString(options).trim().slice(1, -1);
  }
  if (Array.isArray(value) && value.flow) node.flow = true;
  doc.contents = doc.createNode({ k: node });
  return doc.toString(options).replace(/\n$/, "").slice(2).replace(/\n(?=[^\n])/g, `\n${spaces(indent)}`);
}

// The style in which a changed text is written: as it was, unless it was quoted only because it had to be.
function styleOf(node, value) {
  if (!isScalar(node) || typeof value !== "string" || isNull(node)) return undefined;
  if (node.type?.startsWith("BLOCK")) return node.type;
  const quoted = node.type?.startsWith("QUOTE") && !value.includes("\n");
  return quoted && !/^['"]/.test(rendered("", String(node.value), 0, true)) ? node.type : undefined;
}

// A folded text with a change in one of its lines: the other lines stay as they are, as far as the line isn't too long then.
function refolded(text, node, value) {
  const old = String(node.value);
  const [from, until, put] = change(old, value);
  const start = lineEnd(text, node.range[0]) + 1;
  const body = text.slice(start, endOf(text, node));
  const indent = /^ */.exec(body)[0];
  if (put.includes("\n") || old.endsWith("\n") || value === "") return null;
  const places = [];
  let at = indent.length;
  for (let index = 0; index <= old.length; index++) {
    places.push(at);
    const fold = /^\n+ */.exec(body.slice(at, at + 200))?.[0];
    if (!fold) at += 1;
    else if (old[index] === " " || !fold.startsWith("\n\n")) at += fold.length;
    else at += old[index + 1] === "\n" ? 1 : fold.length;
  }
  const lines = (body.slice(0, places[from]) + put + body.slice(places[until])).split("\n");
  for (let index = 0; index < lines.length; index++) {
    const cut = lines[index].length > WIDTH ? lines[index].lastIndexOf(" ", WIDTH) : -1;
    if (cut <= indent.length) continue;
    const rest = lines[index].slice(cut + 1);
    lines[index] = lines[index].slice(0, cut);
    if (lines[index + 1]?.trim()) lines[index + 1] = `${indent}${rest} ${lines[index + 1].trimStart()}`;
    else lines.splice(index + 1, 0, indent + rest);
  }
  return text.slice(0, start) + lines.join("\n") + text.slice(endOf(text, node));
}

/** The part of `after` that differs from `before`: [from, until, put]. */
export function change(before, after) {
  let from = 0;
  const most = Math.min(before.length, after.length);
  while (from < most && before[from] === after[from]) from++;
  let back = 0;
  while (back < most - from && before[before.length - 1 - back] === after[after.length - 1 - back]) back++;
  return [from, before.length - back, after.slice(from, after.length - back)];
}

const inFlow = (doc, path) => path.some((_, length) => nodeAt(doc, path.slice(0, length))?.flow);

function replaced(text, doc, path, value) {
  const parent = nodeAt(doc, path.slice(0, -1));
  const node = nodeAt(doc, path);
  const flow = inFlow(doc, path);
  const pair = isMap(parent) ? pairOf(parent, path.at(-1)) : null;
  const empty = !node || (isNull(node) && !node.source);
  const indent = pair ? column(text, pair.key.range[0]) : flow ? 0 : column(text, dash(text, node));
  const start = pair ? colon(text, pair) : flow ? node.range[0] : dash(text, node) + 1;
  const end = empty ? start : endOf(text, node);
  const type = styleOf(node, value);
  if (node?.type === "BLOCK_FOLDED" && type === node.type) {
    const attempt = refolded(text, node, value);
    if (attempt && parse(attempt).doc.getIn(path) === value) return attempt;
  }
  if (flow) return text.slice(0, start) + (pair ? " " : "") + rendered("", value, 0, true, type) + text.slice(end);
  let put = rendered(pair?.key.value ?? "", value, indent, false, type);
  if (!pair) put = put.startsWith("\n") ? put.replace(/^\n */, " ") : put;
  // A comment at the end of the line stays there.
  const block = node?.type?.startsWith("BLOCK");
  const comment = block ? (/^[^\n]*?(\s+#[^\n]*)/.exec(text.slice(node.range[0], end))?.[1] ?? "") : text.slice(end, lineEnd(text, end));
  const head = put.search(/\n|$/);
  const rest = block ? end : lineEnd(text, end);
  return text.slice(0, start) + put.slice(0, head) + comment + put.slice(head) + text.slice(rest);
}

// The dash of an item of a list.
const dash = (text, item) => text.lastIndexOf("-", item.range[0] - (isNull(item) && !item.source ? 0 : 1));

function inserted(text, doc, path, value, order) {
  const map = nodeAt(doc, path.slice(0, -1));
  const key = path.at(-1);
  const flow = map.flow || inFlow(doc, path);
  if (isSeq(map)) {
    const last = map.items.at(-1);
    if (flow) return spliced(text, endOf(text, last), `, ${rendered("", value, 0, true)}`);
    const indent = column(text, dash(text, last));
    const put = rendered("", value, indent).replace(/^\n */, " ");
    return spliced(text, lineEnd(text, endOf(text, last)), `\n${spaces(indent)}-${put}`);
  }
  const place = order.indexOf(key);
  const before = place < 0 ? map.items.at(-1) : map.items.findLast((pair) => order.slice(0, place).includes(String(pair.key.value)));
  const first = map.items[0].key.range[0];
  const name = rendered("", String(key), 0, true);
  if (flow) {
    const put = `${name}: ${rendered("", value, 0, true)}`;
    return before ? spliced(text, pairEnd(text, before), `, ${put}`) : spliced(text, first, `${put}, `);
  }
  const indent = column(text, first);
  const put = `${name}:${rendered(key, value, indent)}`;
  if (!before) return spliced(text, first, `${put}\n${spaces(indent)}`);
  return spliced(text, lineEnd(text, pairEnd(text, before)), `\n${spaces(indent)}${put}`);
}
const spliced = (text, at, put, until = at) => text.slice(0, at) + put + text.slice(until);

function without(text, doc, path) {
  const parent = nodeAt(doc, path.slice(0, -1));
  const flow = parent.flow || inFlow(doc, path);
  const index = isMap(parent) ? parent.items.indexOf(pairOf(parent, path.at(-1))) : path.at(-1);
  const from = (item) => (isMap(parent) ? item.key.range[0] : flow ? item.range[0] : dash(text, item));
  const until = (item) => (isMap(parent) ? pairEnd(text, item) : endOf(text, item));
  const item = parent.items[index];
  const next = parent.items[index + 1];
  if (flow && !next) return spliced(text, until(parent.items[index - 1]), "", until(item));
  if (flow || (!blankBefore(text, from(item)) && next)) return spliced(text, from(item), "", from(next));
  return spliced(text, lineStart(text, from(item)), "", Math.min(lineEnd(text, until(item)) + 1, text.length));
}

// Items and the comments right above them change places; what is between them stays.
function swapped(text, doc, path, one) {
  const seq = nodeAt(doc, path);
  const flow = seq.flow || inFlow(doc, path);
  const span = (item) => {
    if (flow) return [item.range[0], endOf(text, item)];
    let from = dash(text, item);
    if (!blankBefore(text, from)) return [from, lineEnd(text, endOf(text, item))];
    from = lineStart(text, from);
    while (from > 0 && /^\s*#/.test(text.slice(lineStart(text, from - 1), from))) from = lineStart(text, from - 1);
    return [from, lineEnd(text, endOf(text, item))];
  };
  const [a, b] = [span(seq.items[one]), span(seq.items[one + 1])];
  return text.slice(0, a[0]) + text.slice(...b) + text.slice(a[1], b[0]) + text.slice(...a) + text.slice(b[1]);
}

const words = (value) => {
  if (value === null) return "";
  if (value instanceof Plain) return value.text;
  if (Array.isArray(value)) return value.map(words);
  return typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, words(inner)])) : String(value);
};
const said = (doc) => JSON.stringify(doc.toJS(), (_, value) => (NULLS.includes(value) ? null : value));

// Tries the small change; takes the large one where the small one doesn't say the same.
function checked(text, doc, small, large) {
  large(doc);
  const wanted = said(doc);
  try {
    const attempt = small();
    const read = parse(attempt);
    if (!read.error && canonical(said(read.doc)) === canonical(wanted)) return attempt;
  } catch { /* The document printed below is right, if not as it was laid out. */ }
  return doc.toString({ lineWidth: WIDTH, flowCollectionPadding: false });
}
// The order of fields says nothing.
const canonical = (json) => JSON.stringify(JSON.parse(json), (_, value) => {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
});

/** The text with a value at a path. `order` says for the path of a group in which order new fields are put into it. */
export function withValue(text, path, value, order = () => []) {
  const { doc, error } = parse(text);
  if (error || path.length === 0) return text;
  let known = path.length;
  while (known > 0 && !nodeAt(doc, path.slice(0, known))) known--;
  const there = nodeAt(doc, path.slice(0, known));
  const wrapped = path.slice(known + 1).reduceRight((inner, key) => (typeof key === "number" ? [inner] : { [key]: inner }), value);
  const large = (copy) => copy.setIn(path.slice(0, Math.min(known + 1, path.length)), copy.createNode(words(known < path.length ? wrapped : value)));
  if (!there && known === 0) return `${text.trimEnd()}${text.trim() ? "\n" : ""}${rendered("", { [path[0]]: wrapped }, -2).trimStart()}\n`;
  if (known === path.length) return checked(text, parse(text).doc, () => replaced(text, doc, path, value), large);
  // An empty field, `{}` or `[]` becomes what it holds.
  if (isNull(there) || there.items?.length === 0) {
    const inner = typeof path[known] === "number" ? [wrapped] : { [path[known]]: wrapped };
    return withValue(text, path.slice(0, known), inner, order);
  }
  if (!there.items) return withValue(text, path.slice(0, known), typeof path[known] === "number" ? [wrapped] : { [path[known]]: wrapped });
  return checked(text, parse(text).doc, () => inserted(text, doc, path.slice(0, known + 1), wrapped, order(path.slice(0, known))), large);
}

/** The text without what stands at a path. The last field of a group takes the group with it; a list stays, empty. */
export function withoutValue(text, path) {
  const { doc, error } = parse(text);
  if (error) return text;
  const parent = nodeAt(doc, path.slice(0, -1));
  if (!nodeAt(doc, path) && !(isMap(parent) && pairOf(parent, path.at(-1)))) return text;
  if (parent.items.length === 1) {
    if (isMap(parent) && path.length > 1 && typeof path.at(-2) === "string") return withoutValue(text, path.slice(0, -1));
    return path.length > 1 ? withValue(text, path.slice(0, -1), isSeq(parent) ? [] : {}) : text;
  }
  return checked(text, parse(text).doc, () => without(text, doc, path), (copy) => copy.deleteIn(path));
}

/** The text with the items `one` and `one + 1` of a list in each other's place. */
export function withSwap(text, path, one) {
  const { doc } = parse(text);
  return checked(text, parse(text).doc, () => swapped(text, doc, path, one), (copy) => {
    const { items } = nodeAt(copy, path);
    [items[one], items[one + 1]] = [items[one + 1], items[one]];
  });
}

/** The text with another name for the field at a path. */
export function withName(text, path, name) {
  const { doc } = parse(text);
  const pair = pairOf(nodeAt(doc, path.slice(0, -1)), path.at(-1));
  return spliced(text, pair.key.range[0], rendered("", name, 0, true), pair.key.range[1]);
}

export { isAlias, isMap, isScalar, isSeq };
