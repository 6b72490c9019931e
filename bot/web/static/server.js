// What the page asks of its own server; no other host is ever asked.

/** Thrown for an answer that is a refusal; `said` is what the server gave as its reason. */
export class Refused extends Error {
  constructor(status, said) {
    super(`status ${status}`);
    this.status = status;
    this.said = said;
  }
}

const fetched = async (address, options) => {
  const response = await fetch(address, options);
  const said = response.status === 204 ? null : await response.json();
  if (!response.ok) throw new Refused(response.status, said);
  return said;
};

const posted = (address, body) =>
  fetched(address, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

const unlessMissing = (instead) => (error) => {
  if (error.status !== 404) throw error;
  return instead;
};

const path = (doc) => doc.split("/").map(encodeURIComponent).join("/");

export const pageSettings = () => fetched("/api/page");
export const ask = (body) => posted("/api/ask", body);
/** Whether this browser came in as an evaluator. */
export const mayJudge = () => fetch("/evaluate/session").then((response) => response.ok, () => false);
export const judge = (body) => posted("/evaluate/judgements", body);
export const conversation = (id) => fetched(`/api/conversations/${encodeURIComponent(id)}`);
export const forget = (id) => fetched(`/api/conversations/${encodeURIComponent(id)}`, { method: "DELETE" });
/** How a quote stands to its file as it is now: `state` is "identical", "changed" or "gone". */
export const check = ({ doc, start, end, sha256 }) =>
  fetched(`/api/check/${path(doc)}?start=${start}&end=${end}&sha256=${sha256}`).catch(unlessMissing({ state: "gone" }));
export const readAddress = ({ doc, start, end, sha256 }) => `/read/${path(doc)}?sha256=${sha256}#${start}-${end}`;
export const healthy = () => fetch("/healthz").then((response) => response.ok, () => false);

/** A document with its text as it is now; null where it is no longer there. It may change at any time, so it is not kept. */
export const documentOf = (doc) => fetched(`/api/documents/${path(doc)}`).catch(unlessMissing(null));
