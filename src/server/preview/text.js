// The text of one file in CodeMirror: shown, marked, saved unless it changed meanwhile, downloaded. The pages `edit` and
// `brand` stand on it. Nothing here knows what the text says.

import { change } from "./yaml.js";

const cm = globalThis.jobpackEditor;

/** An element with properties; `class`, `for`, `role`, `aria-…` and `data-…` are attributes. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name in made && !name.includes("-")) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** `text` with what stands between backticks as code. */
export const worded = (text) => text.split("`").map((part, at) => (at % 2 === 1 ? el("code", {}, part) : part));

// Colours are the page's own variables, which reach into the shadow root, so that one theme serves light and dark.
const theme = cm.EditorView.theme({
  "&": { height: "100%", color: "var(--text)", backgroundColor: "var(--paper)", fontSize: ".875rem" },
  "&.cm-focused": { outline: "2px solid var(--link)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--text)", paddingBlock: ".5rem" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--page)", color: "var(--muted)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--line-here)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--chosen)" },
  ".cm-panels": { backgroundColor: "var(--page)", color: "var(--text)" },
  ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-textfield": { backgroundColor: "var(--paper)", borderColor: "var(--edge)", font: "inherit" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--paper)", borderColor: "var(--edge)", font: "inherit" },
  ".cm-panel.cm-search label": { fontSize: "inherit" },
  ".cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--text)", border: "1px solid var(--edge)", maxWidth: "34rem" },
  ".cm-diagnostic": { whiteSpace: "pre-wrap", padding: ".4rem .6rem" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
  ".cm-searchMatch": { backgroundColor: "var(--chosen)" },
});
const { tags } = cm;
const colours = cm.HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--code-name)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-text)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--muted)", fontStyle: "italic" },
  { tag: [tags.meta, tags.labelName, tags.typeName, tags.punctuation, tags.separator], color: "var(--muted)" },
]);

/**
 * Puts CodeMirror in the place of the textarea of `form`, which saves as it did without it, only without leaving the page.
 * `changed` is called after each change, `settle` before saving. `errors(words)` gives the messages of what is wrong with that
 * very text, as far as is known, and `what` says what can't be made then.
 */
export function openText({ form, label, changed, settle, errors = () => [], what }) {
  const area = form.elements.text;
  const state = document.getElementById("state");
  const title = document.title;
  const { save: address, file } = form.dataset;
  const writable = form.dataset.writable === "true";
  let digest = form.elements.digest.value;
  let saving = false;

  // In the page itself, style-mod would put a <style> element, which the Content-Security-Policy refuses; in a shadow root
  // it uses adoptedStyleSheets.
  const host = el("div", { class: "code" });
  const root = host.attachShadow({ mode: "open" });
  const text = area.value;
  const view = new cm.EditorView({
    root,
    parent: root,
    state: cm.EditorState.create({
      doc: text,
      extensions: [
        cm.lineNumbers(), cm.lintGutter(), cm.highlightActiveLine(), cm.highlightActiveLineGutter(), cm.highlightSpecialChars(),
        cm.history(), cm.drawSelection(), cm.bracketMatching(), cm.indentUnit.of("  "), cm.EditorView.lineWrapping,
        cm.yamlLanguage(), cm.syntaxHighlighting(colours), theme, cm.search({ top: true }),
        // Tab is left alone: it leads out of the text.
        cm.keymap.of([...cm.defaultKeymap, ...cm.historyKeymap, ...cm.searchKeymap, ...cm.lintKeymap]),
        cm.EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
        cm.EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          told();
          changed(update.transactions.some((one) => one.isUserEvent("input.form")));
        }),
      ],
    }),
  });
  let saved = view.state.doc;
  area.replaceWith(host);
  form.querySelector("label[for=text]")?.remove();

  const unsaved = () => !view.state.doc.eq(saved);
  const say = (words, bad = false) => { state.textContent = words; state.classList.toggle("bad", bad); };
  const told = (words = "", bad = false) => {
    document.title = unsaved() ? `• ${title}` : title;
    say(words || (unsaved() ? "Unsaved changes" : ""), bad);
  };

  const put = (words, event) => {
    const [from, to, insert] = change(view.state.doc.toString(), words);
    if (from === to && insert === "") return;
    view.dispatch({ changes: { from, to, insert }, userEvent: event });
  };

  const sent = async (words) => {
    const headers = { "If-Match": `"${digest}"`, "Content-Type": "application/yaml" };
    const response = await fetch(address, { method: "PUT", headers, body: words });
    if (response.ok) digest = tag(response);
    return response;
  };

  const save = async (agreed = false) => {
    if (!writable || saving) return;
    settle?.();
    const doc = view.state.doc;
    const wrong = errors(doc.toString());
    if (wrong.length > 0 && !agreed && !(await sure(wrong, what))) return told();
    saving = true;
    say("Saving …");
    try {
      const response = await sent(doc.toString());
      if (response.status === 412) return await meet();
      if (!response.ok) return say(`Not saved: ${await detail(response)}`, true);
      saved = doc;
      const how = wrong.length > 0 ? `Saved, with ${counted(wrong.length, "error")}` : "Saved";
      told(unsaved() ? `${how}, and changed since` : how, wrong.length > 0);
      document.dispatchEvent(new CustomEvent("saved", { detail: { digest } }));
    } catch {
      say("Not saved: the server doesn’t answer", true);
    } finally {
      saving = false;
    }
  };

  /** Says of a text that was saved before it had been tried what is wrong with it. */
  const judge = () => {
    const wrong = errors(view.state.doc.toString());
    if (wrong.length > 0 && !unsaved() && state.textContent === "Saved") told(`Saved, with ${counted(wrong.length, "error")}`, true);
  };

  // Somebody else saved meanwhile: nothing is lost on either side until a person has chosen.
  const meet = async () => {
    const response = await fetch(address, { cache: "no-store" });
    if (!response.ok) return say(`Not saved: the file changed meanwhile, and can’t be read: ${await detail(response)}`, true);
    const theirs = (await response.text()).replace(/\r\n?/g, "\n");
    const found = tag(response);
    say("Not saved: the file changed meanwhile", true);
    saving = false;
    const choice = await asked(theirs, view.state.doc.toString());
    if (choice === "theirs") {
      put(theirs, "input.theirs");
      digest = found;
      saved = view.state.doc;
      told("Theirs is here; undo brings back yours");
    } else if (choice === "mine") {
      digest = found;
      await save(true);
    }
    view.focus();
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      if (!document.querySelector("dialog[open]")) save();
    }
  });
  addEventListener("beforeunload", (event) => { if (unsaved()) event.preventDefault(); });
  const download = document.getElementById("download");
  download.hidden = false;
  download.addEventListener("click", () => {
    settle?.();
    const blob = new Blob([view.state.doc.toString()], { type: "application/yaml" });
    const link = el("a", { href: URL.createObjectURL(blob), download: file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });

  const at = (line, column) => {
    const { from, to } = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
    return Math.min(from + Math.max((column ?? 1) - 1, 0), to);
  };
  const show = (place) => {
    const anchor = Math.min(place, view.state.doc.length);
    view.dispatch({ selection: { anchor }, effects: cm.EditorView.scrollIntoView(anchor, { y: "center" }) });
    view.focus();
  };
  /** Underlines findings of this file. */
  const mark = (findings) => {
    const diagnostics = findings.filter(({ line }) => line).map((found) => {
      const { severity, message, code, hints } = found;
      const from = at(found.line, found.column);
      let to = found.end_line ? at(found.end_line, found.end_column) : from;
      if (to <= from) to = view.state.wordAt(from)?.to ?? view.state.doc.lineAt(from).to;
      const said = [message, ...(hints ?? []).map((hint) => `Hint: ${hint}`)].join("\n");
      return { from, to: Math.max(to, from), severity, source: code, message: said, renderMessage: () => el("span", {}, ...worded(said)) };
    });
    view.dispatch(cm.setDiagnostics(view.state, diagnostics));
  };

  const undo = () => cm.undo(view);
  const redo = () => cm.redo(view);
  return { view, put, show, mark, judge, save, undo, redo, showLine: (line, column) => show(at(line, column)), at, text: () => view.state.doc.toString() };
}

const tag = (response) => /"([^"]*)"/.exec(response.headers.get("ETag") ?? "")?.[1] ?? "";

/** What the server says about a request that it refused. */
export async function detail(response) {
  try {
    return (await response.json()).detail ?? response.statusText;
  } catch {
    return response.statusText || `status ${response.status}`;
  }
}

export const counted = (many, word) => `${many} ${word}${many === 1 ? "" : "s"}`;

// A question in front of the page; gives the value of the button, or "on" to go on as before.
function question({ id, title, words, more, buttons }) {
  const dialog = el("dialog", { role: "alertdialog", "aria-labelledby": id, "aria-describedby": `${id}-more` },
    el("h2", { id }, title), el("p", { id: `${id}-more` }, ...words), more,
    el("form", { method: "dialog", class: "choices" }, ...buttons.map(([value, label]) => el("button", { value, class: "plain" }, label))));
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("button").focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => { dialog.remove(); resolve(dialog.returnValue || "on"); });
  });
}

async function sure(wrong, what) {
  const until = wrong.length === 1 ? "until it is mended: " : "until they are mended. The first: ";
  const choice = await question({
    id: "with-errors", title: `Save with ${counted(wrong.length, "error")}?`, words: [`${what} can’t be made ${until}`, ...worded(wrong[0])],
    buttons: [["on", "Go on editing"], ["save", "Save all the same"]],
  });
  return choice === "save";
}

function asked(theirs, mine) {
  const lines = difference(theirs.split("\n"), mine.split("\n"));
  const pre = el("pre", { class: "difference", tabIndex: 0, role: "region", "aria-label": "Difference, line by line" });
  for (const { sign, line } of lines) {
    const kind = { "-": "del", "+": "ins" }[sign];
    pre.append(el(kind ?? "span", {}, `${sign} ${line}\n`));
  }
  return question({
    id: "conflict", title: "The file changed meanwhile", more: pre,
    words: ["Somebody saved it after you opened it. Nothing has been overwritten. Lines with − are only in theirs, lines with + only in yours."],
    buttons: [["on", "Go on editing"], ["theirs", "Take theirs"], ["mine", "Keep mine and save over it"]],
  });
}

// Lines that differ, with two lines around them (longest common subsequence).
export function difference(one, other) {
  let start = 0;
  while (start < Math.min(one.length, other.length) && one[start] === other[start]) start++;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  const a = one.slice(start, one.length - end);
  const b = other.slice(start, other.length - end);
  const same = (line) => ({ sign: " ", line });
  const all = [...one.slice(0, start).map(same), ...middle(a, b), ...one.slice(one.length - end).map(same)];
  const near = (at) => all.slice(Math.max(at - 2, 0), at + 3).some(({ sign }) => sign !== " ");
  return all.flatMap((entry, at) => (near(at) ? [entry] : near(at - 1) ? [{ sign: " ", line: "…" }] : []));
}

function middle(a, b) {
  const gone = a.map((line) => ({ sign: "-", line }));
  const come = b.map((line) => ({ sign: "+", line }));
  if (a.length * b.length > 4_000_000) return [...gone, ...come];
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  const lines = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) { lines.push({ sign: " ", line: a[i] }); i++; j++; }
    else if (table[i + 1][j] >= table[i][j + 1]) lines.push(gone[i++]);
    else lines.push(come[j++]);
  }
  return [...lines, ...gone.slice(i), ...come.slice(j)];
}

/** A list of findings; `go` is called with the finding whose line is asked for. */
export function listed(findings, go) {
  return findings.map((found) => {
    const words = [
      el("span", { class: `mark ${found.severity}` }, found.severity === "error" ? "Error" : "Warning"), " ",
      el("span", { class: "said", title: found.code }, ...worded(found.message)),
    ];
    const here = found.here && found.line;
    const button = here ? el("button", { type: "button", class: "go", onclick: () => go(found) }, `Line ${found.line}`)
      : found.link ? el("a", { class: "place", href: found.link }, found.place)
        : found.place ? el("span", { class: "place" }, found.place) : null;
    const hints = (found.hints ?? []).map((hint) => el("p", { class: "hint" }, ...worded(hint)));
    return here ? el("li", {}, el("p", {}, button, ...words), ...hints) : el("li", {}, el("p", {}, ...words), ...hints, button);
  });
}

/** Findings of an answer in one list: errors first, each with its severity and whether it is about the file at `path`. */
export const findings = ({ faults = [], warnings = [] }, path) => [
  ...faults.map((found) => ({ ...found, severity: "error", here: found.path === path })),
  ...warnings.map((found) => ({ ...found, severity: "warning", here: found.path === path })),
];
