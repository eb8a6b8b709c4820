/** Which images are shown, and in which order. */

/** @typedef {import("./images.js").Entry} Entry */

/**
 * @typedef {Object} Filter
 * @property {string} name part of the name, or ""
 * @property {number} least lowest score, or NaN
 * @property {number} most highest score, or NaN
 * @property {boolean} errors whether only images with an error are shown
 */

const NAMES = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/**
 * @param {Entry[]} entries
 * @param {string} sort "order", or "score", "std", "detail", "worst" or "name" with "-up" or "-down"
 * @param {Filter} filter
 */
export function arrange(entries, sort, filter) {
  const [key, direction] = sort.split("-");
  const sign = direction === "down" ? -1 : 1;
  return entries
    .filter((entry) => matches(entry, filter))
    .sort((a, b) => compare(a, b, key, sign) || a.id - b.id);
}

/**
 * @param {Entry} a
 * @param {Entry} b
 * @param {string} key
 * @param {number} sign
 */
function compare(a, b, key, sign) {
  switch (key) {
    case "name":
      return sign * NAMES.compare(a.name, b.name);
    case "order":
      return 0;
    default:
      return compareFigures(FIGURES[key](a), FIGURES[key](b), sign);
  }
}

/** @type {Record<string, (entry: Entry) => number | undefined>} */
const FIGURES = {
  score: ({ result }) => result?.score,
  std: ({ result }) => result?.std,
  detail: ({ result }) => result?.detail?.score,
  worst: ({ result }) => result?.detail?.worst.score,
};

/**
 * @param {number | undefined} a
 * @param {number | undefined} b
 * @param {number} sign
 */
function compareFigures(a, b, sign) {
  if (a === undefined || b === undefined) {
    return Number(a === undefined) - Number(b === undefined); // those without the figure last, in both directions
  }
  return sign * (a - b);
}

/** @param {Filter} filter */
export function isEmpty(filter) {
  return filter.name === "" && !filter.errors && Number.isNaN(filter.least) && Number.isNaN(filter.most);
}

/**
 * @param {Entry} entry
 * @param {Filter} filter
 */
function matches(entry, filter) {
  if (filter.errors && entry.state !== "failed") {
    return false;
  }
  return entry.name.toLowerCase().includes(filter.name.toLowerCase()) && inRange(entry, filter);
}

/**
 * The score counts as it is shown, with two digits.
 * @param {Entry} entry
 * @param {Filter} filter
 */
function inRange(entry, filter) {
  if (Number.isNaN(filter.least) && Number.isNaN(filter.most)) {
    return true;
  }
  if (!entry.result) {
    return false;
  }
  const score = Math.round(entry.result.score * 100) / 100;
  return !(score < filter.least) && !(score > filter.most);
}
