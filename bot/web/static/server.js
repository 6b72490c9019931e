// What the page asks of its own server beside Gradio's events; no other host is ever asked.

const fetched = async (address) => {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
};

export const path = (doc) => doc.split("/").map(encodeURIComponent).join("/");
const known = new Map();

export const check = (doc, start, end) => fetched(`/api/check/${path(doc)}?start=${start}&end=${end}`);
export const healthy = () => fetch("/healthz").then((response) => response.ok, () => false);

/** A document with its text; each is fetched once. */
export const documentOf = (doc) => {
  if (!known.has(doc)) {
    known.set(doc, fetched(`/api/documents/${path(doc)}`));
    known.get(doc).catch(() => known.delete(doc));
  }
  return known.get(doc);
};
