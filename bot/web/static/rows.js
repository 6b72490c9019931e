// A table's rows as a table. What the page shows is laid out; its text stays the source's, to the character.

import { element, slicer } from "./dom.js";
import { say } from "./words.js";

const LEFT_OUT = "…";
// Between two rows only what draws a table may stand: anything else is text that has to be read.
const BETWEEN = /^[\s|:+-]*$/;

/** The quote with what has to be read before it, as one text. */
export const quotedText = (passage) =>
  [...passage.beside_text, ...(passage.beside_text.length ? [LEFT_OUT] : []), passage.text].join("\n");

/** Where the cells of a row stand, counted from its start; blank ones are empty spans. */
const cellsOf = (points) => {
  const blank = (at) => at < 0 || at >= points.length || points[at] === " ";
  const bars = [...points.keys()].filter((at) => points[at] === "|" && blank(at - 1) && blank(at + 1));
  return [-1, ...bars].map((bar, place) => {
    let [start, end] = [bar + 1, bars[place] ?? points.length];
    while (start < end && points[start] === " ") start += 1;
    while (end > start && points[end - 1] === " ") end -= 1;
    return [start, end];
  });
};

const rowOf = (slice, start, end) => ({ start, end, cells: cellsOf(Array.from(slice(start, end))) });

/** Runs of rows with the same columns; all else is left as it stands. */
const tablesOf = (slice, passage, columns) => {
  const runs = [];
  for (const unit of passage.units) {
    if (unit.kind !== "row") continue;
    const row = { ...rowOf(slice, unit.start, unit.end), header: unit.header };
    const run = runs.at(-1);
    const goesOn = run && run[0].cells.length === row.cells.length && BETWEEN.test(slice(run.at(-1).end, row.start));
    if (goesOn) run.push(row);
    else runs.push([row]);
  }
  return runs.filter((run, at) => run[0].cells.length > 1 && (run.length > 1 || (at === 0 && run[0].cells.length === columns)));
};

/** Characters that are not shown: a table's lines say the same. */
const unseen = (text) => (text ? element("span", { class: "unseen" }, text) : null);

/** One row; `after` is the end of the text that belongs to it, `shown` makes the nodes of a cell's words. */
const line = (name, slice, row, after, shown) =>
  element("tr", {}, ...row.cells.map(([start, end], place) => {
    const next = row.cells[place + 1];
    const before = place === 0 ? slice(row.start, row.start + start) : "";
    const until = next ? row.start + next[0] : after;
    return element(name, name === "th" ? { scope: "col" } : {}, unseen(before),
      ...shown(row.start + start, row.start + end), unseen(slice(row.start + end, until)));
  }));

const headerOf = (text, columns) => {
  const slice = slicer(text);
  const row = rowOf(slice, 0, Array.from(text).length);
  if (row.cells.length !== columns) return null;
  const names = line("th", slice, row, row.end, (start, end) => [slice(start, end)]);
  names.lastElementChild.append(unseen("\n"));
  return [names, element("tr", {}, element("td", { colspan: columns, class: "left-out" }, LEFT_OUT, unseen("\n")))];
};

const table = (head, slice, run, shown) => {
  const rows = run.map((row, at) => line(row.header ? "th" : "td", slice, row, run[at + 1]?.start ?? row.end, shown));
  return element("div", { class: "rows", tabindex: "0", role: "group", "aria-label": say("table") },
    element("table", {}, head ? element("thead", { class: "beside" }, ...head) : null, element("tbody", {}, ...rows)));
};

/** The nodes of a passage: rows as tables, under the header that stands outside it; `shown` makes those of text. */
export const laidOut = (passage, shown) => {
  const whole = slicer(passage.text);
  const slice = (start, end) => whole(start - passage.start, end - passage.start);
  const [header] = passage.beside_text;
  const columns = header === undefined ? 0 : cellsOf(Array.from(header)).length;
  const tables = tablesOf(slice, passage, columns);
  const under = passage.beside_text.length === 1 && tables[0]?.[0].start === passage.start ? headerOf(header, tables[0][0].cells.length) : null;
  const nodes = under ? [] : beside(passage);
  let at = passage.start;
  const drawn = (start, end) => BETWEEN.test(slice(start, end));
  tables.forEach((run, place) => {
    const [start, end] = [run[0].start, run.at(-1).end];
    const before = passage.units.findLast((unit) => unit.end <= start)?.end ?? start;
    const after = passage.units.find((unit) => unit.start >= end)?.start ?? end;
    // Line ends and bars around a table would stand there as blank lines and strokes.
    const from = drawn(before, start) ? Math.max(before, at) : start;
    const to = drawn(end, after) ? after : end;
    nodes.push(...shown(at, from), unseen(slice(from, start)), table(place === 0 ? under : null, slice, run, shown), unseen(slice(end, to)));
    at = to;
  });
  return [...nodes, ...shown(at, passage.end)].filter((node) => node !== null && node !== "");
};

/** What has to be read before a passage, as lines of its own. */
export const beside = (passage) =>
  passage.beside_text.length ? [element("span", { class: "beside" }, ...passage.beside_text.map((text) => `${text}\n`), `${LEFT_OUT}\n`)] : [];
