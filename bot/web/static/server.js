// What the page asks of its own server beside Gradio's events; no other host is ever asked.

const fetched = async (address, options) => {
  const response = await fetch(address, options);
  if (!response.ok) throw Object.assign(new Error(`status ${response.status}`), { said: await response.json().catch(() => ({})) });
  return response.json();
};

const path = (doc) => doc.split("/").map(encodeURIComponent).join("/");
const known = new Map();

export const documents = () => fetched("/api/documents");
export const check = ({ doc, start, end }) => fetched(`/api/check/${path(doc)}?start=${start}&end=${end}`);
export const readAddress = ({ doc, start, end }) => `/read/${path(doc)}${end ? `#${start}-${end}` : ""}`;
export const healthy = () => fetch("/healthz").then((response) => response.ok, () => false);
/** Whether this browser came in as an evaluator. */
export const mayJudge = () => fetch("/evaluate/session").then((response) => response.ok, () => false);
export const judge = (body) => fetched("/evaluate/judgements",
  { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

/** A document with its text; each is fetched once. */
export const documentOf = (doc) => {
  if (!known.has(doc)) {
    const promise = fetched(`/api/documents/${path(doc)}`);
    promise.catch(() => known.delete(doc));
    known.set(doc, promise);
  }
  return known.get(doc);
};
