/** Makes thumbnails beside the page, so that decoding large images never holds it up. */

/** Longest side in pixels: a card's width on a screen with two pixels for each of CSS. */
const SIDE = 400;

self.onmessage = async ({ data: { id, file } }) => {
  try {
    self.postMessage({ id, thumbnail: await thumbnail(file) });
  } catch {
    self.postMessage({ id }); // this browser cannot read it; the server perhaps can
  }
};

/** @param {File} file */
async function thumbnail(file) {
  const bitmap = await createImageBitmap(file, { resizeWidth: SIDE, resizeQuality: "medium" });
  const scale = Math.min(1, SIDE / bitmap.height);
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return canvas.convertToBlob({ type: "image/webp", quality: 0.8 });
}
