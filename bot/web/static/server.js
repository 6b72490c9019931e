// What the page asks of its own server beside Gradio's events; no other host is ever asked.

const fetched = async (address) => {
  const response = await fetch(address);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
};

const path = (doc) => doc.split("/").map(encodeURIComponent).join("/");

export const check = ({ doc, start, end, sha256 }) => fetched(`/api/check/${path(doc)}?start=${start}&end=${end}&sha256=${sha256}`);
export const healthy = () => fetch("/healthz").then((response) => response.ok, () => false);
/** Where a passage stands marked on a page of its own. */
export const addressOf = ({ doc, start, end, sha256 }) => `/read/${path(doc)}?sha256=${sha256}#${start}-${end}`;
/** A document as it is now, null where it is no longer there; it may change at any time, so it is not kept. */
export const documentOf = (doc) => fetched(`/api/documents/${path(doc)}`);
/** "identical", "changed" or "gone": how a document stands to the one that was quoted. */
export const standingOf = (found, sha256) => (found ? (found.sha256 === sha256 ? "identical" : "changed") : "gone");
