// What a JSON Schema (draft 2020-12) asks for, in the few shapes that a form can show.

const CAPITALS = { dbs: "DBS", id: "ID", url: "URL", cv: "CV" };

/** A name as words: `post_title` is "Post title". */
export const inWords = (name) => {
  const text = String(name).replace(/[_-]+/g, " ").replace(/([a-z])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`);
  const words = text.split(" ").map((word) => CAPITALS[word.toLowerCase()] ?? word).join(" ");
  return words[0].toUpperCase() + words.slice(1);
};

// What an item of a list is called, where the plural doesn't say it.
const SINGULAR = {
  criteria: "criterion", purpose: "paragraph", introduction: "paragraph", advert: "paragraph", signature: "line",
  licences: "licence", courses: "course", cases: "case", series: "entry", news: "entry", people: "person",
};

/** A name inside a sentence: small, unless it is an acronym. */
export const within = (label) => (/^[A-Z][^A-Z0-9]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label);

/** What an item of a list is called: one of `Criteria` is a "Criterion". "Entry" where the name of the list doesn't tell. */
export const singular = (label) => {
  const last = /[a-z]+$/i.exec(label)?.[0] ?? "";
  const word = last.toLowerCase();
  let one = SINGULAR[word];
  if (!one && word.endsWith("ies")) one = word.replace(/ies$/, "y");
  if (!one && /(sh|ch|x|ss|z|alias)es$/.test(word)) one = word.slice(0, -2);
  if (!one && /[^suiS]s$/.test(word)) one = word.slice(0, -1);
  if (!one) return "Entry";
  const whole = label.slice(0, label.length - last.length) + one;
  return whole[0].toUpperCase() + whole.slice(1);
};

/** A word with its article. */
export const withArticle = (word) => `${/^(?!uni|use|one)[aeiou]|^hour/i.test(word) ? "an" : "a"} ${word}`;

/** Reads a schema. */
export function shapes(schema) {
  // A text may be a map of these instead, one text a language.
  const languages = Object.keys(schema.$defs?.Texts?.properties ?? {});

  const resolved = (one) => {
    if (!one.$ref) return one;
    const name = one.$ref.split("/").at(-1);
    const { $ref, ...own } = one;
    return { ...resolved(schema.$defs[name]), ...own, from: name };
  };
  const flattened = (one) => {
    const whole = resolved(one);
    const options = whole.anyOf ?? whole.oneOf;
    return options ? options.flatMap(flattened) : [whole];
  };

  // `["string", "null"]` is a string here: that a value may be left empty is so everywhere.
  const typeOf = ({ type }) => [type].flat().find((name) => name !== "null") ?? [type].flat()[0];

  /** What a schema asks for, without `null` and without languages: {type, description, options or fields or items …}. */
  const shapeOf = (one) => {
    const whole = resolved(one);
    const all = flattened(one).map((option) => ({ ...option, type: typeOf(option) }));
    const options = all.filter((option) => option.type !== "null" && option.from !== "Texts");
    const { description, title, from } = whole;
    const about = { description, title, from, translatable: all.some((option) => option.from === "Texts") };
    if (options.length > 0 && options.every((option) => "const" in option)) return { ...about, type: "choice", options };
    if (options.length > 1) return { ...about, type: "union", options };
    const [only = {}] = options;
    if (only.enum) return { ...about, type: "choice", options: only.enum.map((value) => ({ const: value })) };
    if (only.type === "object" && !only.properties && typeof only.additionalProperties === "object") return { ...only, ...about, type: "names" };
    if (only.type === "array" && shapeOf(only.items ?? {}).type === "choice") return { ...only, ...about, type: "several" };
    return { ...only, ...about, type: only.type ?? "unknown" };
  };

  /** Names of the fields of the group at a path, in the order of the schema. */
  const orderOf = (path) => {
    let at = [schema];
    for (const key of path) {
      const inner = (one) => (typeof key === "number" ? one.items : one.properties?.[key] ?? one.additionalProperties);
      at = at.flatMap(flattened).map(inner).filter((one) => one && typeof one === "object");
    }
    return at.flatMap(flattened).flatMap((one) => Object.keys(one.properties ?? {}));
  };

  /** A value to begin with. */
  const blank = (one) => {
    const shape = shapeOf(one);
    if (shape.type === "union") return blank(shape.options[0]);
    if (shape.type === "object") {
      const first = "text" in shape.properties ? "text" : Object.keys(shape.properties)[0];
      const names = shape.required?.length ? shape.required : [first];
      return Object.fromEntries(names.map((name) => [name, blank(shape.properties[name])]));
    }
    if (shape.type === "array" || shape.type === "several") return shape.minItems && shape.type === "array" ? [blank(shape.items)] : [];
    if (shape.type === "names") return {};
    return shape.type === "string" && !shape.format ? "" : null;
  };

  return { shapeOf, orderOf, blank, languages };
}
