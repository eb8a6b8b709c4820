/** Takes files that are dropped, pasted or chosen. */

/** @typedef {import("./images.js").NamedFile} NamedFile */

/** Formats that the server reads, and some that it refuses by name. */
const IMAGE_NAME = /\.(jpe?g|jfif|png|gif|bmp|tiff?|webp|avif|hei[cf]|jxl)$/i;

/**
 * The files of folders, without hidden ones and without those that are no images.
 * @typedef {{files: NamedFile[], others: number}} Intake
 */

/**
 * What was dropped. Folders are read with all folders below them. A file that was dropped by itself is taken whatever its
 * name is: the server says what is wrong with it.
 * @param {DataTransfer} data
 * @returns {Promise<Intake>}
 */
export async function dropped(data) {
  // Only until the first await can the items be read.
  const items = [...data.items].filter((item) => item.kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry?.());
  const files = items.map((item) => item.getAsFile());
  /** @type {Intake} */
  const intake = { files: [], others: 0 };
  for (let i = 0; i < items.length; i++) {
    const entry = entries[i];
    if (entry?.isDirectory) {
      await readFolder(entry, intake);
    } else if (files[i]) {
      intake.files.push({ name: files[i].name, file: files[i] });
    }
  }
  return intake;
}

/**
 * @param {any} folder a FileSystemDirectoryEntry
 * @param {Intake} intake
 */
async function readFolder(folder, intake) {
  for (const entry of await children(folder)) {
    if (entry.isDirectory) {
      await readFolder(entry, intake);
    } else if (isImageName(entry.name)) {
      const file = await new Promise((resolve) => entry.file(resolve, () => resolve(undefined)));
      if (file) {
        intake.files.push({ name: entry.fullPath.replace(/^\//, ""), file });
      }
    } else {
      intake.others++;
    }
  }
}

/**
 * @param {any} folder a FileSystemDirectoryEntry
 * @returns {Promise<any[]>} FileSystemEntry objects, sorted by name
 */
async function children(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) {
      return all.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    }
    all.push(...some);
  }
}

/**
 * What was chosen in a dialog for files or for a folder.
 * @param {FileList} list
 * @returns {Intake}
 */
export function chosen(list) {
  const all = [...list].map((file) => ({ name: file.webkitRelativePath || file.name, file }));
  const files = all.filter(({ file }) => file.webkitRelativePath === "" || isImageName(file.name));
  return { files, others: all.length - files.length };
}

let pasted = 0;

/**
 * Browsers name every pasted image "image.png"; here each has a name of its own.
 * @param {DataTransfer | null} data
 * @returns {Intake}
 */
export function fromClipboard(data) {
  const files = [...(data?.files ?? [])].map((file) => {
    const name = file.name === "image.png" ? `pasted-${++pasted}.png` : file.name;
    return { name, file };
  });
  return { files, others: 0 };
}

/** @param {string} name */
function isImageName(name) {
  return IMAGE_NAME.test(name) && !name.startsWith(".");
}
