/** The five levels, and how results look as text and bars. */

/** From best to worst, as the server names them. */
export const LEVELS = ["excellent", "good", "fair", "poor", "bad"];

/**
 * What the server says of an image.
 * @typedef {Object} Result
 * @property {number} score from 1 (bad) to 5 (excellent)
 * @property {number} std standard deviation of the level
 * @property {Record<string, number>} probabilities by level, sum 1
 * @property {number} width in pixels
 * @property {number} height in pixels
 * @property {number} ms from the image's receipt to its score
 * @property {string} model identity of the model
 */

/** @param {number} value */
export function figure(value) {
  return value.toFixed(2);
}

/** @param {number} probability */
export function percent(probability) {
  return Math.round(probability * 100) + " %";
}

/** @param {Result} result */
export function spoken(result) {
  const levels = LEVELS.map((level) => `${level} ${percent(result.probabilities[level])}`).join(", ");
  return `score ${figure(result.score)}, std ${figure(result.std)}, ${levels}`;
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
 * Score and std as a line.
 * @param {Result} result
 */
export function figureLine(result) {
  const line = document.createElement("p");
  line.className = "figures";
  const score = document.createElement("span");
  score.className = "score";
  score.textContent = figure(result.score);
  line.append(score, ` of 5, std ${figure(result.std)}`);
  return line;
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
