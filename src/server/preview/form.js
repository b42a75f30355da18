// A form for a YAML file, made from its JSON Schema. It holds no values of its own: each field shows what stands in the text
// and writes to the text, so that form and text can't differ. Groups are filled when they are opened, because schemas may
// contain themselves. What the form can't show is left to the text, with a button that leads there.

import { fieldMakers, fresh } from "./fields.js";
import { inWords, shapes, singular, withArticle, within } from "./schema.js";
import { el } from "./text.js";
import { Plain, isMap, isNull, isScalar, isSeq, nodeAt, withName, withSwap, withValue, withoutValue } from "./yaml.js";

// A group with more fields than this shows those that are filled in, and these, first.
const FEW = 6;
const MAIN = ["id", "heading", "text", "list"];
// An item of a list always shows these.
const ALWAYS = ["requirement", "assessed_by"];

/**
 * Fills `root` with the form. `host` has `text()`, `put(text)`, which takes a changed text, and `show(offset)`, which leads to
 * a place in it. Gives back `update(doc)`, which shows another text, `settle()`, which ends what is half typed, and
 * `reach(path)`, which opens the groups around a field and gives what takes the focus there, if there is such a field.
 */
export function makeForm(root, schema, host) {
  const { shapeOf, orderOf, blank, languages } = shapes(schema);
  let doc = null;
  const unsettled = new Set();

  const write = (path, value) => host.put(withValue(host.text(), path, value, orderOf));
  const drop = (path) => host.put(withoutValue(host.text(), path));

  const { pieces: { hintFor, requiredMark, leading, removal }, makers: leaves } = fieldMakers({
    doc: () => doc, write, drop, show: host.show, shapeOf, languages, unsettled,
  });

  /** A group that is filled when it is opened. `fill` gives {update, reach} of its insides. */
  const group = (shape, options, fill) => {
    const name = el("span", {}, options.label());
    const mark = el("span", { class: "amount" });
    const body = el("div", { class: "inside" });
    const chosen = el("span", { class: "chosen", hidden: true });
    const summary = el("summary", {}, name, requiredMark(options), " ", chosen, " ", mark);
    const details = el("details", { class: "fold" }, summary, body);
    const note = el("p", { class: "elsewhere", hidden: true });
    // One field that says what kind of item this is, such as "Essential".
    const choices = options.item ? Object.keys(shape.properties ?? {}).filter((one) => shapeOf(shape.properties[one]).type === "choice") : [];
    const plural = shape.type !== "object" && /(s|criteria)$/i.test(options.label());
    const out = removal(options, plural ? `Remove all ${within(options.label())}` : undefined);
    let inner = null;
    let last;
    const refresh = () => {
      if (!details.open) return;
      const fits = !last || isNull(last) || (shape.type === "array" ? isSeq(last) : isMap(last));
      note.hidden = fits;
      if (!fits) note.replaceChildren(leading(options));
      out.hidden = !last || options.required || options.item;
      const node = fits && last && !isNull(last) ? last : undefined;
      if (!inner) {
        inner = fill(body, node);
        body.prepend(...[options.item ? null : hintFor(fresh(), shape), note].filter(Boolean));
        body.append(out);
      }
      inner.update(node);
    };
    details.addEventListener("toggle", refresh);
    return {
      element: details,
      relabel() { name.textContent = options.label(); },
      open() { details.open = true; refresh(); },
      reach(path) {
        this.open();
        return path.length === 0 ? summary : inner.reach(path);
      },
      update(node) {
        last = node;
        details.classList.toggle("unset", !node);
        const choice = isMap(node) ? choices.map((one) => node.get(one)).find((value) => typeof value === "string" && value !== "") : null;
        chosen.textContent = choice ? inWords(choice) : "";
        chosen.hidden = !choice;
        mark.textContent = isSeq(node) ? String(node.items.length) : isMap(node) ? excerpt(node) : node && isNull(node) ? "left empty" : "";
        refresh();
      },
    };
  };

  const objectField = (shape, options) => group(shape, options, (body, node) => placed(body, shape, options, node));
  // The fields that say something come first; the others wait under one heading, in the order of the schema too.
  // An item of a list has in sight what the items beside it say, too.
  const placed = (body, shape, { path, item }, first) => {
    const fields = fieldsOf(shape, path);
    const items = item ? nodeAt(doc, path().slice(0, -1))?.items ?? [] : [];
    const beside = (name) => ALWAYS.includes(name) || items.some((one) => isMap(one) && one.has(name));
    const wanted = ({ name, required }) => (
      fields.length <= FEW || required || first?.has(name) || ((item || !first) && MAIN.includes(name)) || (item && beside(name)));
    const rest = fields.filter((one) => !wanted(one));
    const mark = el("span", { class: "amount" });
    let more = null;
    body.append(...fields.filter(wanted).map(({ field }) => field.element));
    if (rest.length > 0) {
      const heading = el("summary", {}, rest.length === fields.length ? "Fields " : "More fields ", mark);
      more = el("details", { class: "more" }, heading, el("div", { class: "inside" }, ...rest.map(({ field }) => field.element)));
      body.append(more);
    }
    const reach = ([key, ...inside]) => {
      const one = fields.find(({ name }) => name === key);
      if (one && rest.includes(one)) more.open = true;
      return one ? one.field.reach(inside) : null;
    };
    const update = (node) => {
      fields.forEach(({ name, field }) => field.update(node?.get(name, true)));
      const set = rest.filter(({ name }) => node?.has(name)).length;
      mark.textContent = set > 0 ? `${set} filled in` : "";
    };
    return { update, reach };
  };
  // What can only be one value, such as the kind of a file, is left out.
  const open = ([, one]) => { const { type, options } = shapeOf(one); return type !== "choice" || options.length > 1; };
  const fieldsOf = (shape, path) => Object.entries(shape.properties ?? {}).filter(open).map(([name, one]) => {
    const required = shape.required?.includes(name) ?? false;
    const field = makeField(one, { name, label: () => one.title ?? inWords(name), required, path: () => [...path(), name] });
    return { name, required, field };
  });

  const arrayField = (shape, options) => group(shape, options, (body) => {
    const list = el("ol", { class: "items" });
    const rows = [];
    const add = el("button", { type: "button", class: "small", onclick: () => {
      write([...options.path(), rows.length], blank(shape.items));
      rows.at(-1)?.enter();
    } });
    body.append(list, add);
    const row = () => {
      const own = {};
      const label = () => `${singular(options.label())} ${rows.indexOf(own) + 1}`;
      const field = own.field = makeField(shape.items, { name: "", item: true, label, path: () => [...options.path(), rows.indexOf(own)] });
      const button = (sign, act) => (
        el("button", { type: "button", class: "icon", onclick: () => act(rows.indexOf(own)) },
          el("span", { "aria-hidden": "true" }, sign), el("span", { class: "unseen" })));
      own.up = button("↑", (at) => move(at - 1, own.up, own));
      own.down = button("↓", (at) => move(at, own.down, own));
      own.away = button("✕", (at) => {
        rows.splice(at, 1);
        own.element.remove();
        drop([...options.path(), at]);
        (rows[Math.min(at, rows.length - 1)]?.away ?? add).focus();
      });
      own.element = el("li", {}, el("div", { class: "held" }, field.element), el("div", { class: "moves" }, own.up, own.down, own.away));
      own.update = (node) => {
        const at = rows.indexOf(own);
        for (const [one, words] of [[own.up, "Move up"], [own.down, "Move down"], [own.away, "Remove"]]) {
          one.lastChild.textContent = `${words}: ${label()}`;
        }
        own.up.disabled = at === 0;
        own.down.disabled = at === rows.length - 1;
        field.relabel();
        field.update(node);
      };
      own.enter = () => {
        const first = field.reach(["text"]) ?? own.element.querySelector(".inside :is(input, textarea, select)") ?? own.element.querySelector("input, textarea, select, summary");
        first?.focus();
      };
      return own;
    };
    // Open groups go with the item that they belong to.
    const move = (one, button, own) => {
      [rows[one], rows[one + 1]] = [rows[one + 1], rows[one]];
      rows[one].element.after(rows[one + 1].element);
      host.put(withSwap(host.text(), options.path(), one));
      (button.disabled ? (button === own.up ? own.down : own.up) : button).focus();
    };
    const update = (node) => {
      const items = node?.items ?? [];
      add.textContent = `Add ${withArticle(within(singular(options.label())))}`;
      while (rows.length > items.length) rows.pop().element.remove();
      while (rows.length < items.length) { rows.push(row()); list.append(rows.at(-1).element); }
      rows.forEach((one, at) => one.update(items[at]));
    };
    return { update, reach: ([at, ...inside]) => rows[at]?.field.reach(inside) ?? null };
  });

  const namesField = (shape, options) => group(shape, options, (body) => {
    const list = el("div", {});
    const id = fresh();
    const name = el("input", { type: "text", id, autocomplete: "off" });
    const insert = () => {
      const key = name.value.trim();
      if (key === "" || nodeAt(doc, [...options.path(), key])) return name.focus();
      name.value = "";
      write([...options.path(), key], blank(shape.additionalProperties));
      list.lastElementChild?.querySelector("input, textarea, summary")?.focus();
    };
    name.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); insert(); } });
    const add = el("button", { type: "button", class: "small", onclick: insert }, "Add");
    body.append(list, el("div", { class: "adding" }, el("label", { htmlFor: id, class: "label" }, "New name"), name, add));
    let rows = new Map();
    const update = (node) => {
      const pairs = node?.items ?? [];
      const next = new Map(pairs.map(({ key }) => [String(key.value), rows.get(String(key.value)) ?? entry(String(key.value))]));
      const moved = String([...next.keys()]) !== String([...rows.keys()]);
      if (moved) list.replaceChildren(...[...next.values()].map(({ element }) => element));
      rows = next;
      for (const { key, value } of pairs) rows.get(String(key.value)).update(value ?? undefined);
    };
    return { update, reach: ([key, ...inside]) => rows.get(key)?.reach(inside) ?? null };
    function entry(key) {
      const path = () => [...options.path(), key];
      const field = makeField(shape.additionalProperties, { name: "", label: () => key, path });
      const rename = el("button", { type: "button", class: "small", "aria-label": `Rename ${key}`, onclick: () => {
        const to = prompt(`Another name for ${key}`, key)?.trim();
        if (to && to !== key && !nodeAt(doc, [...options.path(), to])) host.put(withName(host.text(), path(), to));
      } }, "Rename");
      const remove = () => { drop(path()); name.focus(); };
      const away = el("button", { type: "button", class: "small", "aria-label": `Remove ${key}`, onclick: remove }, "Remove");
      const element = el("div", { class: "entry" }, field.element, el("div", { class: "moves" }, rename, away));
      return { element, update: (node) => field.update(node), reach: (inside) => field.reach(inside) };
    }
  });

  // One of several kinds of value, such as a text or a list: shown as what stands there, and changed by choice.
  const unionField = (shape, options) => {
    const kinds = shape.options.map((option) => {
      const own = shapeOf(option);
      const label = { string: "Text", array: "List" }[own.type] ?? inWords(option.const ?? option.title ?? option.from ?? own.type);
      return { option, own, label, field: null };
    });
    const id = fresh();
    const unseen = el("span", { class: "unseen" });
    const select = el("select", { id }, ...kinds.map(({ label }, at) => el("option", { value: at }, label)));
    const switcher = el("p", { class: "kind" }, el("label", { htmlFor: id }, "Written as", unseen), " ", select);
    const slot = el("div", {});
    const element = el("div", { class: "union" }, slot, switcher);
    let shown = -1;
    const show = (at) => {
      const kind = kinds[at];
      kind.field ??= makeField({ ...kind.option, description: shape.description ?? kind.option.description }, options);
      if (shown !== at) slot.replaceChildren(kind.field.element);
      shown = at;
      select.value = String(at);
      return kind.field;
    };
    const translated = (node) => shape.translatable && node.items.every(({ key }) => languages.includes(String(key.value)));
    const kindOf = (node) => kinds.findIndex(({ own, option }) => {
      if ("const" in option) return isScalar(node) && String(node.value) === String(option.const);
      if (["array", "several"].includes(own.type)) return isSeq(node);
      if (["object", "names"].includes(own.type)) return isMap(node) && !translated(node);
      return isScalar(node);
    });
    // Whether another kind of value would drop more than it takes over.
    const holdsMore = (node) => isMap(node) && node.items.some(({ key }) => key.value !== "text");
    select.addEventListener("change", () => {
      const node = nodeAt(doc, options.path());
      const at = Number(select.value);
      if (!node || isNull(node)) return void show(at).update(undefined);
      if (holdsMore(node) && !confirm(`Only the text of ${options.label()} is kept. Go on?`)) {
        select.value = String(shown);
        return;
      }
      write(options.path(), turned(node, kinds[at]));
      kinds[at].field?.open?.();
      select.focus();
    });
    const turned = (node, { own, option }) => {
      const textOf = (one) => (isScalar(one) ? one.value : isMap(one) ? one.get("text") : "");
      const text = isSeq(node) ? node.items.map(textOf).filter(Boolean).join("\n") : textOf(node);
      if ("const" in option) return new Plain(option.const);
      if (own.type === "array") return text && shapeOf(own.items).type !== "object" ? [String(text)] : [blank(own.items)];
      if (own.type === "object") return "text" in own.properties ? { text: String(text ?? "") } : blank(option);
      return String(text ?? "");
    };
    return {
      element,
      open: () => kinds[shown]?.field.open?.(),
      reach: (path) => kinds[shown]?.field.reach(path) ?? null,
      relabel() {
        unseen.textContent = `: ${options.label()}`;
        kinds[shown]?.field.relabel();
      },
      update(node) {
        const at = node && !isNull(node) ? kindOf(node) : shown;
        show(Math.max(at, 0)).update(node);
        this.relabel();
      },
    };
  };

  const makeField = (one, options) => {
    const shape = shapeOf(one);
    return (makers[shape.type] ?? makers.unknown)(shape, options);
  };
  const makers = { ...leaves, object: objectField, array: arrayField, names: namesField, union: unionField };

  let fill = null;
  return {
    update(next) {
      doc = next;
      const top = isMap(doc.contents) ? doc.contents : undefined;
      if (!fill) {
        root.replaceChildren();
        fill = placed(root, shapeOf(schema), { path: () => [] }, top);
      }
      fill.update(top);
    },
    reach: (path) => fill?.reach(path) ?? null,
    settle: () => [...unsettled].forEach((one) => one()),
  };
}

// The first words of a group, to know it by while it is closed.
function excerpt(node) {
  const names = ["heading", "label", "text", "title", "name", "id", "field", "include", "date", "number", "value"];
  const text = names.map((name) => node.get(name)).find((value) => typeof value === "string" && value !== "") ?? "";
  return text.length > 60 ? `${text.slice(0, 58)}…` : text;
}
