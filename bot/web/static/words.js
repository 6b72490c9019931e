// The page's own sentences, in the language that was chosen; quotes stay in their source's.

let catalogue = {};
let language = "en";

export const learn = (words) => {
  catalogue = words;
  const wished = (navigator.languages || []).map((name) => name.slice(0, 2));
  speak(wished.find((name) => name in catalogue) || "en");
};

export const speak = (name) => {
  language = name;
  document.documentElement.lang = name;
};

export const spoken = () => language;
export const languages = () => Object.entries(catalogue).map(([name, words]) => [name, words.language]);

/** One sentence with its gaps filled. */
export const say = (name, values = {}) =>
  (catalogue[language]?.[name] ?? "").replace(/\{(\w+)\}/g, (gap, key) => String(values[key] ?? gap));
