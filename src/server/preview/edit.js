// The editor of a pack's file: form, text and pages side by side. The text is the one thing that is edited; the form writes
// to it, and the pages are what the server makes of it while one types.

import { detail, el, findings, listed, openText } from "./text.js";
import { makeForm } from "./form.js";
import { panes } from "./panes.js";
import { parse, pathAt } from "./yaml.js";

const main = document.getElementById("main");
const { kind, path } = main.dataset;
const sheets = document.getElementById("sheets");
const note = document.getElementById("try-note");
const select = document.getElementById("document");

const TYPING = 150;
const BUSY = 1000;
const KEPT = 60;

// The pages. `pages` is what the server last said; a picture is kept under its print, which changes when the picture would.
let pages = [];
let later = 0;
let running = null;
let tried = null;
let judged = null;
const pictures = new Map();
const refused = new Set();

const say = (words, bad = false) => { note.textContent = words; note.classList.toggle("bad", bad); };

let form = null;
let reading = 0;
const text = openText({
  form: document.getElementById("words"),
  label: `YAML of ${path}`,
  settle: () => form?.settle(),
  errors: (words) => (judged?.words === words ? judged.errors : []),
  what: "This pack",
  changed(byForm) {
    tryLater(TYPING);
    clearTimeout(reading);
    if (byForm) showForm();
    else reading = setTimeout(showForm, 250);
  },
});

// The form. Until the text is YAML again, it shows what it showed and can't be written to.
const fields = document.getElementById("fields");
const formNote = document.getElementById("form-note");
const showForm = () => {
  const { doc, error } = parse(text.text());
  fields.inert = Boolean(error);
  formNote.replaceChildren();
  if (error) {
    const there = el("button", { type: "button", class: "go", onclick: () => lead(() => text.show(error.at)) }, "Show the mistake");
    formNote.append("There is a mistake in the text, so the form is paused. ", there);
  } else {
    form?.update(doc);
  }
};
// What the buttons of the form did is undone as in the text; in a field, the browser undoes what was typed.
fields.addEventListener("keydown", (event) => {
  if (event.target.matches("input, textarea") || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
  event.preventDefault();
  if (event.shiftKey) text.redo();
  else text.undo();
});
fields.addEventListener("submit", (event) => event.preventDefault());

const shown = panes(() => ask());
// Shows the text before something in it is shown.
const lead = (show) => { shown.open("pane-text"); show(); };

// Leads to what a finding is about: to its field for who works in the form, if it has one, else to its line.
const leadTo = (found) => {
  const target = shown.used() === "pane-form" && !fields.inert ? form?.reach(placeOf(found)) : null;
  if (!target) return lead(() => text.showLine(found.line, found.column));
  shown.open("pane-form");
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
};
const placeOf = ({ code, message, line, column }) => {
  const words = text.text();
  const start = text.at(line, column);
  const place = pathAt(parse(words).doc, column ? start : start + /^[ -]*/.exec(words.slice(start))[0].length);
  const absent = code === "missing-field" ? /`(.*?)`/.exec(message)?.[1] : null;
  return absent ? [...place.slice(0, -1), absent] : place;
};

const loadForm = async () => {
  try {
    const response = await fetch(`/api/v1/schema/${kind}`);
    if (!response.ok) throw new Error(await detail(response));
    form = makeForm(fields, await response.json(), {
      text: () => text.text(),
      put: (words) => text.put(words, "input.form"),
      show: (place) => lead(() => text.show(place)),
    });
    showForm();
  } catch (error) {
    formNote.textContent = `There is no form: ${error.message}`;
  }
  document.dispatchEvent(new CustomEvent("formed"));
};

function tryLater(wait) {
  clearTimeout(later);
  later = setTimeout(attempt, wait);
}

// Numbers of the pages that are seen, or would be after a little scrolling.
const near = () => {
  if (sheets.offsetParent === null) return [];
  if (pages.length === 0) return [1, 2];
  const [top, bottom] = [-innerHeight, 2 * innerHeight];
  return [...sheets.children].flatMap((item, at) => {
    const box = item.getBoundingClientRect();
    return box.bottom > top && box.top < bottom && at < pages.length ? [at + 1] : [];
  });
};
const missing = () => near().filter((n) => pages[n - 1] && !pictures.has(pages[n - 1].print) && !refused.has(pages[n - 1].print));

async function attempt() {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const words = text.text();
  const query = new URLSearchParams({ document: select.value });
  const whole = `${query}\n${words}`;
  const wanted = whole === tried ? missing() : near();
  for (const name of ["variant", "language"]) {
    const value = new URLSearchParams(location.search).get(name);
    if (value) query.set(name, value);
  }
  query.set("want", wanted.join(","));
  try {
    const response = await fetch(`${main.dataset.try}?${query}`, {
      method: "POST", headers: { "Content-Type": "application/yaml" }, body: words, signal: mine.signal,
    });
    if (response.status === 503) {
      say("The server is busy: trying again");
      return tryLater((Number(response.headers.get("Retry-After")) || 0) * 1000 || BUSY);
    }
    if (!response.ok) {
      const error = await detail(response);
      say(`The pages can’t be made: ${error}`, true);
      return document.dispatchEvent(new CustomEvent("tried", { detail: { status: response.status, error } }));
    }
    const answer = await response.json();
    if (mine !== running) return;
    tried = whole;
    judged = { words, errors: answer.faults.map(({ message }) => message) };
    text.judge();
    await take(answer, wanted);
    if (mine !== running) return;
    running = null;
    document.dispatchEvent(new CustomEvent("tried", { detail: { ...answer, text: words } }));
    ask();
  } catch (error) {
    if (error.name === "AbortError") return;
    say("The server doesn’t answer", true);
    document.dispatchEvent(new CustomEvent("tried", { detail: { error: error.message } }));
  } finally {
    if (running === mine) running = null;
  }
}

// Asks for pictures that have come near; what is being tried asks for them itself when it is done.
function ask() {
  if (running === null && tried !== null && missing().length > 0) tryLater(0);
}
let framed = false;
document.addEventListener("scroll", () => {
  if (framed) return;
  framed = true;
  requestAnimationFrame(() => { framed = false; ask(); });
}, { capture: true, passive: true });

async function take(answer, wanted) {
  const found = findings(answer, path);
  text.mark(found.filter(({ here }) => here));
  list(found);
  if (answer.faults.length > 0) {
    const many = answer.faults.length === 1 ? "One error" : `${answer.faults.length} errors`;
    return say(pages.length > 0 ? `${many}: these are the last good pages` : `${many}: there are no pages until the text is right`, true);
  }
  say("");
  const before = pages;
  pages = answer.pages;
  for (const n of wanted) {
    const print = pages[n - 1]?.print;
    const svg = answer.svg?.[n];
    if (!print) continue;
    if (!svg) { refused.add(print); continue; }
    if (!pictures.has(print)) pictures.set(print, URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" })));
  }
  await draw();
  forget();
  if (before.length > 0) follow(before, answer.contents?.[0]?.page ?? 1);
}

// Brings the first page that has changed into sight, within the pane of the pages. Where every page has changed, as with a
// running head, or where somebody scrolls there, it stays. Pages up to `front`, with the list of contents, change along with
// what they list, and count where no others have changed.
const pane = document.getElementById("pane-pages");
let ours = 0;
let theirs = 0;
pane.addEventListener("scroll", () => { if (Date.now() - ours > 200) theirs = Date.now(); }, { passive: true });
function follow(before, front) {
  const changed = pages.flatMap(({ print }, at) => (print !== before[at]?.print ? [at] : []));
  const all = changed.length === Math.max(pages.length, before.length) && pages.length > 1;
  const item = sheets.children[changed.find((at) => at >= front) ?? changed[0]];
  if (!item || all || Date.now() - theirs < 1000) return;
  if (pane.offsetParent === null || getComputedStyle(pane).overflowY !== "auto") return;
  const [seen, box] = [pane.getBoundingClientRect(), item.getBoundingClientRect()];
  const part = Math.min(box.bottom, seen.bottom) - Math.max(box.top, seen.top);
  if (part > Math.min(box.height, seen.height) / 3) return;
  ours = Date.now();
  pane.scrollTop += box.top - seen.top - 16;
}

async function draw() {
  while (sheets.children.length > pages.length) sheets.lastElementChild.remove();
  await Promise.all(pages.map(async ({ print, width, height }, at) => {
    const item = sheets.children[at] ?? sheets.appendChild(el("li"));
    const image = item.firstElementChild;
    if (image?.dataset.print === print) return;
    const address = pictures.get(print);
    if (!address) {
      // Its place is kept, so that what one looks at doesn't move.
      if (!image || image.tagName !== "IMG") item.replaceChildren(blank(width, height));
      return;
    }
    const next = el("img", { alt: `Page ${at + 1}`, width, height, src: address, "data-print": print });
    try { await next.decode(); } catch { return; }
    item.replaceChildren(next);
  }));
}
const blank = (width, height) => {
  const made = el("div", { class: "blank" });
  made.style.aspectRatio = `${width} / ${height}`;
  return made;
};

// Pictures that haven't been shown for long are let go.
function forget() {
  const used = new Set([...sheets.querySelectorAll("img")].map((image) => image.dataset.print));
  for (const [print, address] of pictures) {
    if (pictures.size <= KEPT) return;
    if (used.has(print)) continue;
    URL.revokeObjectURL(address);
    pictures.delete(print);
  }
}

const box = document.getElementById("findings");
function list(found) {
  const count = (severity, one, more) => {
    const many = found.filter((entry) => entry.severity === severity).length;
    return many === 0 ? [] : [many === 1 ? `1 ${one}` : `${many} ${more}`];
  };
  const words = [...count("error", "error", "errors"), ...count("warning", "warning", "warnings")].join(", ");
  if (box.hidden || found.some(({ severity }) => severity === "error")) box.open = found.some(({ severity }) => severity === "error") || box.open;
  box.hidden = found.length === 0;
  box.querySelector("summary").textContent = words;
  box.querySelector("ul").replaceChildren(...listed(found, leadTo));
  shown.count("pane-pages", found.length);
}

document.getElementById("choose").hidden = select.options.length < 2;
select.addEventListener("change", () => { pages = []; sheets.replaceChildren(); tryLater(0); });
document.documentElement.classList.add("with-script");
const line = Number(main.dataset.line);
if (line > 0) lead(() => text.showLine(line, 1));
loadForm();
attempt();
