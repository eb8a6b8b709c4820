/** Draws an image as the model sees it, with its worst part outlined, and that part at 100 %. */

/** Longest side of a drawing, in pixels: it fits a screen. */
const LONGEST_SIDE = 1280;

/** As parts of the drawing's longest side. */
const LINE = 1 / 200;

/**
 * @param {File} file
 * @param {import("./levels.js").Result} result with parts
 * @param {boolean} exif whether the model turns images as their EXIF orientation says
 * @returns {Promise<{whole: Blob, worst: Blob}>}
 */
export async function drawWorst(file, { width, height, detail: { worst } }, exif) {
  const bitmap = await createImageBitmap(file, { imageOrientation: exif ? "from-image" : "none" });
  try {
    if (bitmap.width !== width || bitmap.height !== height) {
      throw new Error("the browser and the model see different sizes");
    }
    return { whole: await outlined(bitmap, worst), worst: await part(bitmap, worst) };
  } finally {
    bitmap.close();
  }
}

/**
 * @param {ImageBitmap} bitmap
 * @param {{x: number, y: number, width: number, height: number}} place
 */
function outlined(bitmap, { x, y, width, height }) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.max(1, bitmap.width * scale), Math.max(1, bitmap.height * scale));
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
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
 * @param {ImageBitmap} bitmap
 * @param {{x: number, y: number, width: number, height: number}} place
 */
function part(bitmap, { x, y, width, height }) {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d").drawImage(bitmap, -x, -y);
  return canvas.convertToBlob();
}
