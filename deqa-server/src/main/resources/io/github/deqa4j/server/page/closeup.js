/** Draws an image as the model sees it, with its worst part outlined, and that part at 100 %. */

/** Longest side of a drawing, in pixels: it fits a screen. */
const LONGEST_SIDE = 1280;

/** As parts of the drawing's longest side. */
const LINE = 1 / 200;

/** Bytes at the start of a JPEG file in which its EXIF segment is looked for. */
const HEAD = 1 << 18;

/** Markers of a JPEG file: its start, its first and last application segments, and that of EXIF. */
const START = 0xffd8;
const APP0 = 0xffe0;
const APP15 = 0xffef;
const EXIF = 0xffe1;

/**
 * @param {File} file
 * @param {import("./levels.js").Result} result with parts
 * @param {boolean} exif whether the model turns images as their EXIF orientation says
 * @returns {Promise<{whole: Blob, worst: Blob}>}
 */
export async function drawWorst(file, { width, height, detail: { worst } }, exif) {
  const image = await createImageBitmap(exif ? file : await withoutExif(file));
  try {
    if (image.width !== width || image.height !== height) {
      throw new Error("the browser and the model see different sizes");
    }
    return { whole: await outlined(image, worst), worst: await part(image, worst) };
  } finally {
    image.close();
  }
}

/**
 * A JPEG file without EXIF, since browsers turn every image as that says; other files as they are.
 * @param {File} file
 * @returns {Promise<Blob>}
 */
async function withoutExif(file) {
  const head = new DataView(await file.slice(0, HEAD).arrayBuffer());
  const marker = (at) => (at + 4 <= head.byteLength ? head.getUint16(at) : 0);
  if (marker(0) !== START) {
    return file;
  }
  const kept = [file.slice(0, 2)];
  let at = 2;
  while (marker(at) >= APP0 && marker(at) <= APP15) {
    const end = at + 2 + head.getUint16(at + 2);
    if (marker(at) !== EXIF) {
      kept.push(file.slice(at, end));
    }
    at = end;
  }
  return new Blob([...kept, file.slice(at)], { type: file.type });
}

/**
 * @param {ImageBitmap} image
 * @param {{x: number, y: number, width: number, height: number}} place
 */
function outlined(image, { x, y, width, height }) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
  const canvas = new OffscreenCanvas(Math.max(1, image.width * scale), Math.max(1, image.height * scale));
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
 * @param {ImageBitmap} image
 * @param {{x: number, y: number, width: number, height: number}} place
 */
function part(image, { x, y, width, height }) {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d").drawImage(image, -x, -y);
  return canvas.convertToBlob();
}
