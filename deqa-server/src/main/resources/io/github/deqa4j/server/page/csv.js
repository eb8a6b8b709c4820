/** Results as comma-separated values (RFC 4180), with the columns of `deqa score --format csv`. */

import { LEVELS } from "./levels.js";

const FIGURES = ["score", "std", "interval_low", "interval_high", "unfamiliar", ...LEVELS, "width", "height"];

/** Further columns if parts of an image were scored, as with the view of both. */
const DETAIL = ["view", "detail", "worst", "worst_x", "worst_y", "worst_width", "worst_height", "tiles", "places", "flat"];

/** What a spreadsheet takes for the start of a formula, or drops before it looks for one. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** @param {import("./images.js").Entry[]} entries scored or failed */
export function csv(entries) {
  const detail = entries.some(({ result }) => result?.detail) ? DETAIL : [];
  const head = ["path", ...FIGURES, ...detail, "ms", "error", "model"];
  return [head, ...entries.map((entry) => cells(entry, head))].map((row) => row.map(quoted).join(",") + "\n").join("");
}

/**
 * @param {import("./images.js").Entry} entry
 * @param {string[]} head
 */
function cells({ name, result, message }, head) {
  const row = result
    ? { path: harmless(name), ...figures(result), ...parts(result), model: harmless(result.model) }
    : { path: harmless(name), error: harmless(message) };
  return head.map((column) => String(row[column] ?? ""));
}

/** @param {import("./levels.js").Result} result */
function figures({ score, std, score_interval: ends, unfamiliar, probabilities, width, height, ms }) {
  return { score, std, interval_low: ends?.[0], interval_high: ends?.[1], unfamiliar, ...probabilities, width, height, ms };
}

/** @param {import("./levels.js").Result} result */
function parts({ view = "whole", detail }) {
  const { score, worst, tiles, places, flat } = detail ?? {};
  return {
    view,
    detail: score,
    worst: worst?.score,
    worst_x: worst?.x,
    worst_y: worst?.y,
    worst_width: worst?.width,
    worst_height: worst?.height,
    tiles,
    places,
    flat,
  };
}

/** @param {string} text may come from strangers */
function harmless(text) {
  return FORMULA_START.test(text) ? "'" + text : text;
}

/** @param {string} cell */
function quoted(cell) {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
