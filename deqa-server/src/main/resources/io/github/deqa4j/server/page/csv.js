/** Results as comma-separated values (RFC 4180), with the columns of `deqa score --format csv`. */

import { LEVELS } from "./levels.js";

const HEAD = ["path", "score", "std", ...LEVELS, "width", "height", "ms", "error", "model"];

/** What a spreadsheet takes for the start of a formula, or drops before it looks for one. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** @param {import("./images.js").Entry[]} entries scored or failed */
export function csv(entries) {
  return [HEAD, ...entries.map(cells)].map((row) => row.map(quoted).join(",") + "\n").join("");
}

/** @param {import("./images.js").Entry} entry */
function cells({ name, result, message, state }) {
  if (state === "failed") {
    return [harmless(name), ...HEAD.slice(1, -2).map(() => ""), harmless(message), ""];
  }
  const levels = LEVELS.map((level) => result.probabilities[level]);
  const figures = [result.score, result.std, ...levels, result.width, result.height, result.ms];
  return [harmless(name), ...figures.map(String), "", harmless(result.model)];
}

/** @param {string} text may come from strangers */
function harmless(text) {
  return FORMULA_START.test(text) ? "'" + text : text;
}

/** @param {string} cell */
function quoted(cell) {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
