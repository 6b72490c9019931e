// Elements and sentences are made here and nowhere else: text reaches the page through textContent alone.

const given = JSON.parse(document.querySelector("#words").textContent);
export const { language, evaluator } = given;

/** One of the page's own sentences, in its language, with its gaps filled; quotes stay in their source's. */
export const say = (name, values = {}) =>
  (given.words[name] ?? "").replace(/\{(\w+)\}/g, (gap, key) => String(values[key] ?? gap));

/** A new element; attributes that are null or false are left out, children may be strings. */
export const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
};

export const button = (label, click, attributes = {}) => element("button", { type: "button", click, ...attributes }, label);

/** The server's offsets count code points; JavaScript's strings count UTF-16 units. */
export const slicer = (text) => {
  const points = Array.from(text);
  return Object.assign((start, end) => points.slice(start, end).join(""), { end: points.length });
};

/** Nodes for what stands from start to end: `wrap` makes those of a span, `inner` those between spans. */
export const wrapped = (start, end, spans, inner, wrap) => {
  const nodes = [];
  let at = start;
  for (const [first, last] of spans) {
    const from = Math.max(first, at), to = Math.min(last, end);
    if (from >= to) continue;
    nodes.push(...(from > at ? inner(at, from) : []), wrap(from, to, first));
    at = to;
  }
  return at < end ? [...nodes, ...inner(at, end)] : nodes;
};

/** Where a button's passage stands: "START:END:DOCUMENT" in the text of the digest that is its name. */
export const placeOf = ({ value, name }) => {
  const [start, end, ...doc] = value.split(":");
  return { start: Number(start), end: Number(end), doc: doc.join(":"), sha256: name };
};
