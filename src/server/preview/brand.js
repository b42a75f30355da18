// The editor of a brand: colours and fonts as a small form, the file beneath, and beside it what every layout makes of it.

import { counted, detail, el, findings, listed, openText, worded } from "./text.js";
import { Plain, isMap, isNull, isScalar, isSeq, nodeAt, parse, pathAt, withValue, withoutValue } from "./yaml.js";

const TYPING = 250;
const BUSY = 1000;

const main = document.getElementById("main");
const { path } = main.dataset;
const by = (id) => document.getElementById(id);
const note = by("try-note");
const say = (words, bad = false) => { note.textContent = words; note.classList.toggle("bad", bad); };

// What a role is for, in the order in which documents need them; others of the file come after them.
const ROLES = {
  foreground: "running text", background: "the page", primary: "headings, cover and table rules",
  secondary: "accents: labels, markers, short rules", tertiary: "pale tint behind table heads and boxes",
  light: "the palest tint", dark: "footers, and words on a tint",
};
// Where new fields go.
const ORDER = {
  "": ["meta", "logo", "color", "typography", "defaults"],
  color: ["palette", ...Object.keys(ROLES)],
  typography: ["fonts", "base", "headings", "link"],
  "typography.base": ["family", "size"],
};
const order = (at) => ORDER[at.join(".")] ?? [];

let doc = null;
let reading = 0;
let later = 0;
let running = null;
let judged = null;

const text = openText({
  form: by("words"),
  label: `YAML of ${path}`,
  errors: (words) => (judged?.words === words ? judged.errors : []),
  what: "The packs of this organisation",
  changed(byForm) {
    tryLater(TYPING);
    clearTimeout(reading);
    if (byForm) showForm();
    else reading = setTimeout(showForm, 250);
  },
});
const write = (at, value) => text.put(withValue(text.text(), at, value, order), "input.form");
const lead = (show) => { by("yaml").open = true; by("yaml").scrollIntoView({ block: "nearest" }); show(); };

const goTo = ({ line, column }) => lead(() => text.showLine(line, column));

// Any colour of CSS as `#rrggbb`, which is all that a colour picker takes; null for none.
const canvas = document.createElement("canvas").getContext("2d");
const hex = (value) => {
  if (!value || !CSS.supports("color", value)) return null;
  canvas.fillStyle = "#000000";
  canvas.fillStyle = value;
  return canvas.fillStyle.startsWith("#") ? canvas.fillStyle : null;
};
const words = (at) => {
  const node = nodeAt(doc, at);
  return isScalar(node) && !isNull(node) ? String(node.value) : "";
};
// The colour that a value stands for: a name of the palette, a role, or a colour itself.
const colourOf = (value, depth = 0) => {
  if (depth > 8 || value === "") return null;
  const named = words(["color", "palette", value]) || words(["color", value]);
  return named ? colourOf(named, depth + 1) : hex(value);
};

const known = (value) => CSS.supports("color", value) || Boolean(words(["color", "palette", value]) || words(["color", value]));

const rows = new Map();
const row = (at, name, hint) => {
  const key = at.join(".");
  const made = rows.get(key) ?? newRow(at, name, hint);
  rows.set(key, made);
  return made;
};
const newRow = (at, name, hint) => {
  const id = `colour-${at.slice(1).join("-")}`;
  const role = at.length === 2;
  const field = el("input", { type: "text", id, autocomplete: "off", spellcheck: false, list: undefined });
  if (role) field.setAttribute("list", "names");
  const picker = el("input", { type: "color", "aria-label": `Pick ${name}` });
  const about = hint ? el("p", { class: "hint", id: `${id}-hint` }, hint) : null;
  const wrong = el("p", { class: "wrong", id: `${id}-wrong`, hidden: true }, "Not a colour");
  field.setAttribute("aria-describedby", [about?.id, wrong.id].filter(Boolean).join(" "));
  const check = () => {
    const value = field.value.trim();
    wrong.hidden = value === "" || field.readOnly || known(value);
    field.setAttribute("aria-invalid", String(!wrong.hidden));
  };
  field.addEventListener("input", () => { check(); if (colourOf(field.value.trim())) write(at, field.value.trim()); });
  field.addEventListener("change", () => {
    const value = field.value.trim();
    if (value === "" && role) text.put(withoutValue(text.text(), at), "input.form");
    else write(at, value);
  });
  picker.addEventListener("input", () => write(at, picker.value.toUpperCase()));
  return {
    element: el("div", { class: "colour" }, el("label", { htmlFor: id, class: "label" }, name), about, field, picker, wrong),
    update() {
      const node = nodeAt(doc, at);
      const value = words(at);
      const elsewhere = Boolean(node) && !isScalar(node);
      field.readOnly = elsewhere;
      picker.disabled = elsewhere;
      field.placeholder = elsewhere ? "Edit in the YAML" : "Not set";
      if (field !== document.activeElement) field.value = value;
      check();
      const colour = colourOf(value);
      picker.classList.toggle("unclear", colour === null);
      if (colour && picker.value !== colour) picker.value = colour;
    },
  };
};

const keys = (at) => (isMap(nodeAt(doc, at)) ? nodeAt(doc, at).items.map(({ key }) => String(key.value)) : []);
const fill = (box, wanted) => {
  const elements = wanted.map(({ element }) => element);
  if (elements.some((element, at) => box.children[at] !== element) || box.children.length !== elements.length) box.replaceChildren(...elements);
  for (const one of wanted) one.update();
};

const families = [...by("families").content.children].map((list) => ({
  name: list.dataset.family,
  files: [...list.children].map(({ dataset }) => ({ path: dataset.path, weight: new Plain(dataset.weight), style: dataset.style })),
}));
// Families whose files the brand lists itself.
const listedFamilies = (read) => {
  const fonts = nodeAt(read, ["typography", "fonts"]);
  return isSeq(fonts) ? fonts.items.map((font) => font.get?.("family")).filter(Boolean) : [];
};
const familyPath = (use) => {
  const at = ["typography", use];
  const node = nodeAt(doc, at);
  return isScalar(node) && !isNull(node) ? at : [...at, "family"];
};
const setFamily = (use, name) => {
  let next = text.text();
  const chosen = families.find((family) => family.name === name);
  if (chosen && !listedFamilies(doc).includes(name)) {
    const fonts = nodeAt(doc, ["typography", "fonts"]);
    next = withValue(next, ["typography", "fonts", fonts?.items?.length ?? 0], { family: name, source: "file", files: chosen.files }, order);
  }
  text.put(withValue(next, familyPath(use), name, order), "input.form");
};
for (const use of ["base", "headings"]) {
  by(`${use}-family`).addEventListener("change", ({ target }) => {
    if (target.value !== "") setFamily(use, target.value);
    else text.put(withoutValue(text.text(), familyPath(use)), "input.form");
  });
}
const size = by("base-size");
size.addEventListener("change", () => {
  const value = size.value.trim();
  const base = nodeAt(doc, ["typography", "base"]);
  if (value === "") text.put(withoutValue(text.text(), ["typography", "base", "size"]), "input.form");
  else if (isScalar(base) && !isNull(base)) write(["typography", "base"], { family: String(base.value), size: new Plain(value) });
  else write(["typography", "base", "size"], new Plain(value));
});

const showFonts = () => {
  const own = listedFamilies(doc).filter((name) => !families.some((family) => family.name === name));
  for (const use of ["base", "headings"]) {
    const now = words(familyPath(use));
    const names = [...families.map(({ name }) => name), ...own];
    const all = [["", use === "headings" ? "As the text" : "Not set"], ...names.map((name) => [name, name])];
    if (now && !names.includes(now)) all.push([now, `${now} (no files)`]);
    by(`${use}-family`).replaceChildren(...all.map(([value, label]) => el("option", { value, selected: value === now }, label)));
  }
  if (size !== document.activeElement) size.value = words(["typography", "base", "size"]);
};

by("fields").addEventListener("submit", (event) => event.preventDefault());
by("add-colour").addEventListener("click", () => addColour());
by("new-colour").addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); addColour(); } });
function addColour() {
  const name = by("new-colour").value.trim();
  if (name === "" || keys(["color", "palette"]).includes(name)) return by("new-colour").focus();
  by("new-colour").value = "";
  write(["color", "palette", name], "#808080");
  rows.get(`color.palette.${name}`)?.element.querySelector("input").focus();
}

// The form shows what the text says; while that can't be read, it waits.
function showForm() {
  const read = parse(text.text());
  const fields = by("fields");
  const waits = by("form-note");
  fields.inert = Boolean(read.error);
  waits.replaceChildren();
  if (read.error) {
    const there = el("button", { type: "button", class: "go", onclick: () => lead(() => text.show(read.error.at)) }, "Show the mistake");
    return waits.replaceChildren("There is a mistake in the text, so the form is paused. ", there);
  }
  doc = read.doc;
  fields.hidden = false;
  const palette = keys(["color", "palette"]);
  fill(by("palette"), palette.map((name) => row(["color", "palette", name], name)));
  const roles = [...new Set([...Object.keys(ROLES), ...keys(["color"]).filter((name) => name !== "palette")])];
  fill(by("roles"), roles.map((name) => row(["color", name], name[0].toUpperCase() + name.slice(1), ROLES[name])));
  by("names").replaceChildren(...palette.map((name) => el("option", { value: name })));
  showFonts();
}

function tryLater(wait) {
  clearTimeout(later);
  later = setTimeout(attempt, wait);
}
async function attempt() {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const sent = text.text();
  const tell = (about) => document.dispatchEvent(new CustomEvent("tried", { detail: { ...about, text: sent } }));
  try {
    const response = await fetch(`${main.dataset.try}?${new URLSearchParams({ pack: by("pack").value })}`, {
      method: "POST", headers: { "Content-Type": "application/yaml" }, body: sent, signal: mine.signal,
    });
    if (response.status === 503) {
      say("The server is busy: trying again");
      return tryLater((Number(response.headers.get("Retry-After")) || 0) * 1000 || BUSY);
    }
    if (!response.ok) {
      const error = await detail(response);
      say(`The layouts can’t be shown: ${error}`, true);
      return tell({ status: response.status, error });
    }
    const answer = await response.json();
    if (mine !== running) return;
    judged = { words: sent, errors: answer.faults.map(({ message }) => message) };
    text.judge();
    await take(answer, () => mine === running);
    if (mine === running) tell(answer);
  } catch (error) {
    if (error.name === "AbortError") return;
    say("The server doesn’t answer", true);
    tell({ error: error.message });
  }
}

async function take(answer, current) {
  const found = findings(answer, path);
  text.mark(found.filter(({ here }) => here));
  const box = by("findings");
  const errors = answer.faults.length;
  if (errors > 0) box.open = true;
  box.hidden = found.length === 0;
  const counts = [[errors, "error"], [found.length - errors, "warning"]].filter(([many]) => many > 0);
  box.querySelector("summary").textContent = counts.map(([many, word]) => counted(many, word)).join(", ");
  box.querySelector("ul").replaceChildren(...listed(found, goTo));
  showContrast(answer.contrast ?? []);
  const close = found.filter(({ severity, code }) => severity === "error" && code === "low-contrast");
  showClose(close);
  const layouts = answer.layouts ?? [];
  if (errors > 0 && layouts.every(({ pages }) => pages.length === 0)) {
    const last = main.querySelector(".strip img") !== null;
    return say(last ? "The brand has errors: these are the last good pages" : "There are no pages until the brand is right", true);
  }
  if (errors === 0) say("");
  else if (close.length === errors) say("These colours are too close: the packs can’t be made until that is mended", true);
  else say("The brand has errors: the packs can’t be made until they are mended", true);
  for (const layout of layouts) {
    const section = main.querySelector(`[data-layout="${CSS.escape(layout.id)}"]`);
    if (!section) continue;
    const wrong = findings({ faults: layout.faults }, path);
    const list = el("ul", { class: "findings" }, ...listed(wrong, goTo));
    section.querySelector(".found").replaceChildren(...(wrong.length > 0 ? [list] : []));
    if (wrong.length > 0 && layout.pages.length === 0) continue;
    await draw(section.querySelector(".strip"), layout, current);
    if (!current()) return;
  }
}

// Pages that look as before stay; the others are put in place once they are there.
async function draw(strip, layout, current) {
  while (strip.children.length > layout.pages.length) {
    URL.revokeObjectURL(strip.lastElementChild.firstElementChild?.src);
    strip.lastElementChild.remove();
  }
  await Promise.all(layout.pages.map(async (svg, at) => {
    const item = strip.children[at] ?? strip.appendChild(el("li"));
    if (item.drawn === svg) return;
    const next = el("img", { alt: `${layout.name}, page ${at + 1}`, src: URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" })) });
    try { await next.decode(); } catch { return; }
    if (!current()) return URL.revokeObjectURL(next.src);
    if (item.firstElementChild) URL.revokeObjectURL(item.firstElementChild.src);
    item.replaceChildren(next);
    item.drawn = svg;
  }));
}

// Colours that are too close to each other, above the fields that mend them.
const FIRST = 3;
function showClose(found) {
  const box = by("close");
  box.hidden = found.length === 0;
  if (box.hidden) return box.replaceChildren();
  const same = (one, other) => one.line === other.line && String(one.hints) === String(other.hints);
  const first = found.filter((one, at) => found.findIndex((other) => same(one, other)) === at).slice(0, FIRST);
  const rest = found.length > first.length ? ". All of them are listed further down." : "";
  box.replaceChildren(el("p", {}, el("strong", {}, counted(found.length, "contrast problem")), rest), el("ul", {}, ...first.map((one) => {
    const colour = (one.hints ?? []).flatMap((hint) => hint.match(/#[0-9A-F]{6}\b/gi) ?? []).at(-1);
    const at = colour && fieldOf(one);
    const sample = el("span", { class: "sample", "aria-hidden": "true" });
    if (at) sample.style.background = colour;
    const use = at ? el("button", { type: "button", class: "small", onclick: () => write(at, colour) }, sample, `Use ${colour}`) : null;
    return el("li", {}, el("span", {}, el("strong", {}, at ? at.at(-1) : ""), at ? ": " : "", ...worded(one.message)), use);
  })));
}
// The field that a finding is about: that of its line, else the named colour that it speaks of.
function fieldOf({ here, line, column, message }) {
  if (!doc) return null;
  const at = here && line ? pathAt(doc, text.at(line, column)) : [];
  if (at.length > 1 && isScalar(nodeAt(doc, at)) && hex(words(at))) return at;
  const bad = /#[0-9A-F]{6}\b/i.exec(message)?.[0].toLowerCase();
  const name = bad && keys(["color", "palette"]).find((one) => hex(words(["color", "palette", one])) === bad);
  return name ? ["color", "palette", name] : null;
}

function showContrast(pairs) {
  by("contrast").hidden = pairs.length === 0;
  by("contrast").querySelector("ul").replaceChildren(...pairs.map(({ text: what, ratio, needed, ok }) => (
    el("li", { class: ok ? "ok" : "bad" },
      el("span", {}, ...worded(what)), " ",
      el("span", { class: "ratio" }, `${ratio.toFixed(1)}:1`), " ",
      el("span", { class: "verdict" }, ok ? "enough" : `too little: ${needed}:1 is needed`)))));
}

by("right").hidden = false;
by("pack").closest("label").hidden = by("pack").options.length < 2;
by("pack").addEventListener("change", () => tryLater(0));
by("yaml").open = false;
document.documentElement.classList.add("with-script");
showForm();
attempt();
