/** The five levels, and how results look as text and bars. */

/** Images with more pixels, or a longer side, are shrunk before the small network sees them as a whole. */
const MOST_PIXELS = 512 * 512;
const LONGEST_SIDE = 8192;

/** What is said of an image that is unlike those that the model learned from. */
const UNFAMILIAR = "unlike the images the model learned from; the score may mean little";

/** From best to worst, as the server names them. */
export const LEVELS = ["excellent", "good", "fair", "poor", "bad"];

/**
 * What the server says of an image.
 * @typedef {Object} Result
 * @property {number} score from 1 (bad) to 5 (excellent)
 * @property {number} std standard deviation of the level: how far people would disagree
 * @property {[number, number]} [score_interval] where people's mean answer lies, 4 of 5 times; if the model tells
 * @property {boolean} [unfamiliar] whether the image is unlike those that the model learned from; if the model tells
 * @property {Record<string, number>} probabilities by level, sum 1
 * @property {number} width in pixels
 * @property {number} height in pixels
 * @property {number} ms from the image's receipt to its score
 * @property {string} model identity of the model
 * @property {"detail" | "both"} [view] if parts were scored
 * @property {Detail} [detail] how the image looks at 100 %, if that was asked for
 *
 * @typedef {Object} Detail
 * @property {number} score mean of the parts' scores
 * @property {{score: number, x: number, y: number, width: number, height: number}} worst the part with the lowest score
 * @property {number} tiles parts that were scored
 * @property {number} places parts that there are
 * @property {number} flat parts without structure, such as sky
 */

/** @param {number} value */
export function figure(value) {
  return value.toFixed(2);
}

/** @param {number} probability */
export function percent(probability) {
  return Math.round(probability * 100) + " %";
}

/**
 * The range in which people's mean answer lies; empty if the model does not tell.
 * @param {Result} result
 */
export function range({ score_interval: ends }) {
  return ends ? `${ends[0].toFixed(1)}–${ends[1].toFixed(1)}` : "";
}

/**
 * Whether the model sees the whole image shrunk.
 * @param {Result} result
 */
export function isShrunk({ width, height }) {
  return width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE;
}

/**
 * How the image looks at 100 %; empty if that is not known, or if its whole was seen so.
 * @param {Result} result
 */
export function closeUp({ detail }) {
  return detail?.places > 1 ? `at 100 %: ${figure(detail.score)}, worst part ${figure(detail.worst.score)}` : "";
}

/** @param {Result} result */
export function spoken(result) {
  const [low, high] = range(result).split("–");
  return [
    `score ${figure(result.score)}`,
    high && `range ${low} to ${high}`,
    result.unfamiliar && `unfamiliar: ${UNFAMILIAR}`,
    `std ${figure(result.std)}`,
    closeUp(result),
    ...LEVELS.map((level) => `${level} ${percent(result.probabilities[level])}`),
  ]
    .filter(Boolean)
    .join(", ");
}

/**
 * Fills an element with five upright bars, excellent first. The highest is as high as the element.
 * @param {Element} element
 * @param {Record<string, number>} probabilities
 */
export function drawBars(element, probabilities) {
  const highest = Math.max(...Object.values(probabilities));
  element.replaceChildren(
    ...LEVELS.map((level) => {
      const bar = document.createElement("i");
      bar.className = level;
      bar.title = `${level} ${percent(probabilities[level])}`;
      bar.style.setProperty("--part", String(probabilities[level] / highest));
      return bar;
    }),
  );
}

/**
 * Score, range and std as a line.
 * @param {Result} result
 */
export function figureLine(result) {
  const line = document.createElement("p");
  line.className = "figures";
  const score = document.createElement("span");
  score.className = "score";
  score.textContent = figure(result.score);
  const interval = range(result);
  line.append(score, ` of 5${interval && ` (${interval})`}, std ${figure(result.std)}`);
  return line;
}

/**
 * What the figures of an image mean beside its score, in sentences.
 * @param {Result} result
 */
export function remarks(result) {
  const { detail } = result;
  return [
    result.unfamiliar && `This image is unfamiliar: ${UNFAMILIAR}.`,
    result.score_interval &&
      `Range ${range(result)}: where people's mean answer lies, 4 of 5 times. Std ${figure(result.std)}: how far single people disagree.`,
    closeUp(result) &&
      `${capitalized(closeUp(result))}. ${detail.tiles} of ${detail.places} parts were scored, ${detail.flat} are flat.`,
  ].filter(Boolean);
}

/** @param {string} text */
export function capitalized(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * The levels as a table with a bar each.
 * @param {Record<string, number>} probabilities
 */
export function levelTable(probabilities) {
  const table = document.createElement("table");
  table.className = "levels";
  table.createCaption().textContent = "How likely each answer is";
  for (const level of LEVELS) {
    const row = table.insertRow();
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = level;
    const bar = document.createElement("i");
    bar.className = level;
    bar.style.setProperty("--part", String(probabilities[level]));
    row.append(head);
    row.insertCell().append(bar);
    row.insertCell().textContent = percent(probabilities[level]);
  }
  return table;
}
