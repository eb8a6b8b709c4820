/** Draws an image as the model sees it, with its worst part outlined, and that part at 100 %. */

/** Longest side of a drawing, in pixels: it fits a screen. */
const LONGEST_SIDE = 1280;

/** As parts of the drawing's longest side. */
const LINE = 1 / 200;

/**
 * @param {HTMLImageElement} image in the document, with the orientation in which the model sees it
 * @param {import("./levels.js").Result} result with parts
 * @returns {Promise<{whole: Blob, worst: Blob}>}
 */
export async function drawWorst(image, { width, height, detail: { worst } }) {
  await image.decode();
  if (image.naturalWidth !== width || image.naturalHeight !== height) {
    throw new Error("the browser and the model see different sizes");
  }
  return { whole: await outlined(image, worst), worst: await part(image, worst) };
}

/**
 * @param {HTMLImageElement} image
 * @param {{x: number, y: number, width: number, height: number}} place
 */
function outlined(image, { x, y, width, height }) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = new OffscreenCanvas(Math.max(1, image.naturalWidth * scale), Math.max(1, image.naturalHeight * scale));
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const line = Math.max(2, LINE * Math.max(canvas.width, canvas.height));
  const inside = [x * scale + line, y * scale + line, width * scale - 2 * line, height * scale - 2 * line];
  for (const [color, thickness] of [["black", 2 * line], ["white", line]]) { // one of them differs from what is below
    context.strokeStyle = color;
    context.lineWidth = thickness;
    context.strokeRect(...inside);
  }
  return canvas.convertToBlob();
}

/**
 * @param {HTMLImageElement} image
 * @param {{x: number, y: number, width: number, height: number}} place
 */
function part(image, { x, y, width, height }) {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d").drawImage(image, -x, -y);
  return canvas.convertToBlob();
}
