// The fields of a form that hold one value, or several out of a few: texts, numbers, dates, choices. `form.js` puts them into
// groups. Each is {element, update(node), relabel(), reach(path)}; `update` shows what stands in the text and never writes to
// it, `reach` gives what takes the focus for a path inside the field, if anything does.

import { inWords, within } from "./schema.js";
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
  const removal = (options, words) => el("button", {
    type: "button", class: "small away", hidden: true, onclick: () => form.drop(options.path()),
  }, words ?? `Remove ${within(options.label())}`);

  /** A field with its label and hint around a control. */
  const framed = (options, id, shape, control, beside = null) => {
    const note = el("p", { class: "elsewhere", hidden: true });
    const name = el("span", {}, options.label());
    const label = el("label", { htmlFor: id, class: options.item ? "unseen" : "label" }, name, requiredMark(options));
    const hint = options.item ? null : hintFor(id, shape);
    if (hint) control.setAttribute("aria-describedby", hint.id);
    if (options.required) control.setAttribute("aria-required", "true");
    control.id = id;
    return {
      element: el("div", { class: "field" }, label, hint, beside ? el("div", { class: "with-button" }, control, beside) : control, note),
      relabel() { name.textContent = options.label(); },
      reach: () => (control.hidden ? null : control),
      /** Shows a way to the text instead of the control, where the value is none for the control. */
      elsewhere(node, is) {
        control.hidden = is;
        if (beside) beside.hidden = is;
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
    const dated = shape.format === "date";
    const today = () => {
      form.unsettled.delete(settle);
      form.write(options.path(), new Plain(new Date().toLocaleDateString("sv-SE")));
    };
    const beside = dated && options.name === "revised_on"
      ? el("button", { type: "button", class: "small", onclick: today }, "Today", el("span", { class: "unseen" }, ` for ${options.label()}`)) : null;
    const field = framed(options, id, shape, control, beside);
    const kept = options.required || options.item;
    const value = () => {
      const text = control.value.trim();
      if (text === "") return kept ? "" : null;
      if (dated && /^[\d-]+$/.test(text)) return new Plain(text);
      if (["integer", "number"].includes(shape.type) && /^-?\d+(\.\d+)?$/.test(text)) return new Plain(text);
      return text;
    };
    // A field that is emptied is left out when it is left, not before: its line, with its comment, waits for another value.
    const settle = () => {
      form.unsettled.delete(settle);
      if (control.value.trim() === "" && !control.validity.badInput && !kept && at(options)) form.drop(options.path());
    };
    // A calendar, unless the text holds what no calendar shows.
    const showDate = (text) => {
      control.type = text === "" || /^\d{4}-\d\d-\d\d$/.test(text) ? "date" : "text";
      control.value = text;
      if (control.value !== text) control.type = "text";
    };
    control.addEventListener("input", () => {
      form.unsettled.add(settle);
      // Half a date is none yet.
      if (control.validity.badInput) return;
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
      control.placeholder = empty || (dated ? "YYYY-MM-DD" : "");
      if (dated && !typing) showDate(text);
      if (!long && free && (text.includes("\n") || text.length > LONG_TEXT)) return options.lengthen?.();
      if (control.value !== text && !(typing && control.value.trim() === text.trim())) control.value = text;
      grow(control);
    };
    return field;
  };

  // A text that turns out to be long gets a larger field.
  const growingField = (shape, options) => {
    let field = textField(shape, { ...options, lengthen: () => lengthen() });
    const outer = { element: field.element, update: (node) => field.update(node), relabel: () => field.relabel(), reach: () => field.reach() };
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
    const out = removal(options, "Clear");
    out.setAttribute("aria-label", `Clear: ${options.label()}`);
    const legend = el("legend", { class: "label" }, name, requiredMark(options));
    const element = el("fieldset", { class: "field", "aria-describedby": hint?.id }, legend, hint, ...boxes, stands, note, out);
    return {
      element,
      relabel() { name.textContent = options.label(); },
      reach: () => element.querySelector("input:enabled"),
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
    field.reach = () => null;
    return field;
  };

  return {
    pieces: { hintFor, requiredMark, leading, removal },
    makers: {
      string: growingField, integer: textField, number: textField, boolean: choiceField, choice: choiceField, several: severalField,
      unknown: unknownField,
    },
  };
}
