// The fields of a form that hold one value, or several out of a few: texts, numbers, dates, choices. `form.js` puts them into
// groups. Each is {element, update(node), relabel()}; `update` shows what stands in the text and never writes to it.

import { inWords } from "./schema.js";
import { el, worded } from "./text.js";
import { Plain, isMap, isNull, isScalar, isSeq, nodeAt, offsetOf } from "./yaml.js";

const LONG_NAMES = ["text", "note", "visits"];
const LONG = /markdown|statement|paragraph|words (in|of)|how to|what .* means/i;
// From this length on, a text gets a larger field.
const LONG_TEXT = 90;

let made = 0;
export const fresh = () => `field-${++made}`;

/**
 * Makers of fields by the type of their shape, and the pieces that groups share with them. `form` has `doc()`, which is the
 * text as last read, `write(path, value)`, `drop(path)`, `show(offset)`, `shapeOf(schema)`, `languages`, and `unsettled`, a set
 * of what there is to do once a field is left. The options of a field are `label()`, `path()`, `name`, `required`, and `item`
 * for one that is an item of a list.
 */
export function fieldMakers(form) {
  const at = (options) => nodeAt(form.doc(), options.path());

  const hintFor = (id, { description }) => (
    description ? el("p", { class: "hint", id: `${id}-hint` }, ...worded(description.replace(/\s*\n\s*/g, " "))) : null);
  const requiredMark = ({ required }) => (required ? el("span", { class: "required" }, " (required)") : null);
  const leading = (options) => el("button", {
    type: "button", class: "go", "aria-label": `Edit in the YAML: ${options.label()}`,
    onclick: () => form.show(offsetOf(form.doc(), options.path())),
  }, "Edit in the YAML");
  const leaveOut = (options) => el("button", {
    type: "button", class: "small", hidden: true, "aria-label": `Leave out: ${options.label()}`,
    onclick: () => form.drop(options.path()),
  }, "Leave out");

  /** A field with its label and hint around a control. */
  const framed = (options, id, shape, control) => {
    const note = el("p", { class: "elsewhere", hidden: true });
    const name = el("span", {}, options.label());
    const label = el("label", { htmlFor: id, class: options.item ? "unseen" : "label" }, name, requiredMark(options));
    const hint = options.item ? null : hintFor(id, shape);
    if (hint) control.setAttribute("aria-describedby", hint.id);
    if (options.required) control.setAttribute("aria-required", "true");
    control.id = id;
    return {
      element: el("div", { class: "field" }, label, hint, control, note),
      relabel() { name.textContent = options.label(); },
      /** Shows a way to the text instead of the control, where the value is none for the control. */
      elsewhere(node, is) {
        control.hidden = is;
        note.hidden = !is;
        if (!is) return;
        const translated = isMap(node) && node.items.every(({ key }) => form.languages.includes(String(key.value)));
        note.replaceChildren(translated ? "Written in several languages. " : "", leading(options));
      },
    };
  };

  const grow = (control) => {
    if (control.tagName !== "TEXTAREA" || CSS.supports("field-sizing", "content")) return;
    const lines = control.value.split("\n").reduce((sum, line) => sum + Math.ceil((line.length + 1) / 60), 0);
    control.rows = Math.min(Math.max(lines, 2), 16);
  };

  const textField = (shape, options) => {
    const id = fresh();
    const free = shape.type === "string" && !shape.format && !shape.pattern;
    const long = free && (options.long || LONG_NAMES.includes(options.name) || LONG.test(shape.description ?? ""));
    const control = long
      ? el("textarea", { rows: 2, spellcheck: true })
      : el("input", { type: "text", autocomplete: "off", spellcheck: free });
    if (shape.type === "integer") control.inputMode = "numeric";
    const field = framed(options, id, shape, control);
    const kept = options.required || options.item;
    const value = () => {
      const text = control.value.trim();
      if (text === "") return kept ? "" : null;
      if (shape.format === "date" && /^[\d-]+$/.test(text)) return new Plain(text);
      if (["integer", "number"].includes(shape.type) && /^-?\d+(\.\d+)?$/.test(text)) return new Plain(text);
      return text;
    };
    // A field that is emptied is left out when it is left, not before: its line, with its comment, waits for another value.
    const settle = () => {
      form.unsettled.delete(settle);
      if (control.value.trim() === "" && !kept && at(options)) form.drop(options.path());
    };
    control.addEventListener("input", () => {
      form.unsettled.add(settle);
      form.write(options.path(), value());
      grow(control);
    });
    control.addEventListener("change", settle);
    control.addEventListener("blur", () => field.update(at(options)));
    field.update = (node) => {
      const shown = !node || isScalar(node);
      field.elsewhere(node, !shown);
      const typing = control === document.activeElement;
      if (!shown || (typing && form.unsettled.has(settle))) return;
      const text = !node || isNull(node) ? "" : String(node.value);
      const empty = node && isNull(node) && !options.item ? "Left empty in the file" : "";
      control.placeholder = empty || (shape.format === "date" ? "YYYY-MM-DD" : "");
      if (!long && free && (text.includes("\n") || text.length > LONG_TEXT)) return options.lengthen?.();
      if (control.value !== text && !(typing && control.value.trim() === text.trim())) control.value = text;
      grow(control);
    };
    return field;
  };

  // A text that turns out to be long gets a larger field.
  const growingField = (shape, options) => {
    let field = textField(shape, { ...options, lengthen: () => lengthen() });
    const outer = { element: field.element, update: (node) => field.update(node), relabel: () => field.relabel() };
    const lengthen = () => {
      const longer = textField(shape, { ...options, long: true });
      field.element.replaceWith(longer.element);
      field = longer;
      outer.element = longer.element;
      longer.update(at(options));
    };
    return outer;
  };

  const described = (option) => {
    const name = inWords(option.const);
    const said = (option.description ?? "").replace(/\.$/, "");
    return said === "" || said.toLowerCase().replace(/^an? /, "") === name.toLowerCase() ? name : `${name} – ${said}`;
  };

  const choiceField = (shape, options) => {
    const choices = shape.type === "boolean"
      ? [["true", "Yes"], ["false", "No"]]
      : shape.options.map((option) => [String(option.const), described(option)]);
    const control = el("select", {});
    const field = framed(options, fresh(), shape, control);
    control.addEventListener("change", () => {
      if (control.value === "") form.drop(options.path());
      else form.write(options.path(), new Plain(control.value));
    });
    let offered = "";
    field.update = (node) => {
      field.elsewhere(node, Boolean(node) && !isScalar(node));
      const text = !isScalar(node) || isNull(node) ? "" : String(node.value);
      const value = shape.type === "boolean" ? text.toLowerCase() : text;
      const all = [["", node && isNull(node) ? "Left empty in the file" : "Not set"], ...choices];
      if (!all.some(([key]) => key === value)) all.push([value, `${value} (not one of the choices)`]);
      if (offered !== String(all)) control.replaceChildren(...all.map(([key, words]) => el("option", { value: key }, words)));
      offered = String(all);
      control.value = value;
    };
    return field;
  };

  const severalField = (shape, options) => {
    const hint = hintFor(fresh(), shape);
    const toggle = ({ target }) => {
      const node = at(options);
      const before = isSeq(node) ? node.items.map((item) => String(item.value)) : [];
      const after = target.checked ? [...before, target.value] : before.filter((value) => value !== target.value);
      const flow = !isSeq(node) || node.flow || node.items.length === 0;
      form.write(options.path(), Object.assign(after.map((value) => new Plain(value)), { flow }));
    };
    const boxes = form.shapeOf(shape.items).options.map((option) => (
      el("label", { class: "box" }, el("input", { type: "checkbox", value: String(option.const), onchange: toggle }), " ", described(option))));
    const name = el("span", {}, options.label());
    const stands = el("p", { class: "stands" });
    const note = el("p", { class: "elsewhere" });
    const out = leaveOut(options);
    const legend = el("legend", { class: "label" }, name, requiredMark(options));
    const element = el("fieldset", { class: "field", "aria-describedby": hint?.id }, legend, hint, ...boxes, stands, note, out);
    return {
      element,
      relabel() { name.textContent = options.label(); },
      update(node) {
        const fits = !node || isNull(node) || (isSeq(node) && node.items.every(isScalar));
        const values = isSeq(node) ? node.items.map((item) => String(item?.value)) : [];
        for (const box of element.querySelectorAll("input")) {
          box.checked = values.includes(box.value);
          box.disabled = !fits;
        }
        out.hidden = !node || options.required;
        stands.textContent = !node ? "Not set." : isNull(node) ? "Left empty in the file." : fits && values.length === 0 ? "None of them." : "";
        stands.hidden = stands.textContent === "";
        note.hidden = fits;
        if (!fits) note.replaceChildren(leading(options));
      },
    };
  };

  // What no field is for is left to the text, where there is something.
  const unknownField = (shape, options) => {
    const field = framed(options, fresh(), shape, el("output", {}));
    field.update = (node) => field.elsewhere(node, true);
    return field;
  };

  return {
    pieces: { hintFor, requiredMark, leading, leaveOut },
    makers: {
      string: growingField, integer: textField, number: textField, boolean: choiceField, choice: choiceField, several: severalField,
      unknown: unknownField,
    },
  };
}
