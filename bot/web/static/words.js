// The page's own sentences in its language, as the server put them into its head; quotes stay in their source's.

const given = JSON.parse(document.querySelector("#words").textContent);

export const { language, evaluator } = given;

/** One sentence with its gaps filled. */
export const say = (name, values = {}) =>
  (given.words[name] ?? "").replace(/\{(\w+)\}/g, (gap, key) => String(values[key] ?? gap));
