/** Puts the parts of the page together. */

import { CardList, MOST_MARKS } from "./cards.js";
import { Busy, Client, Gone, Unauthorized } from "./client.js";
import { Comparison } from "./comparison.js";
import { csv } from "./csv.js";
import { Details } from "./details.js";
import { Images } from "./images.js";
import { chosen, dropped, fromClipboard } from "./intake.js";
import { drawBars } from "./levels.js";
import { arrange, isEmpty } from "./order.js";
import { Progress } from "./progress.js";
import { Run } from "./run.js";
import { Thumbnails } from "./thumbnails.js";

/** How long changes are collected before the page shows them, in milliseconds. */
const DRAW_AFTER = 100;

/** Of many new images, so many get their card before the browser may do something else. */
const DRAWN_AT_ONCE = 100;

/** For how long a browser may need the address of a file that it saves, in milliseconds. */
const SAVE_WITHIN = 60_000;

/** @param {string} id */
const element = (id) => /** @type {any} */ (document.getElementById(id));

const client = new Client();
const images = new Images((entries) => changed(entries));
const run = new Run(client, images, (state) => {
  if (state === "unauthorized") {
    askForKey();
  }
  changed([]);
});
const cards = new CardList(element("list"), element("card"), new Thumbnails(), {
  open: (entry) => details.open(entry),
  marksChanged: () => drawCompareButton(),
});
const details = new Details(client, images, cards, element);
const comparison = new Comparison(element);
const progress = new Progress(element);

/** @type {Set<import("./images.js").Entry>} what changed since the page was drawn */
const dirty = new Set();
let drawing = 0;

/** @param {import("./images.js").Entry[]} entries */
function changed(entries) {
  entries.forEach((entry) => dirty.add(entry));
  drawing ||= setTimeout(draw, DRAW_AFTER);
}

function draw() {
  const now = [...dirty].slice(0, DRAWN_AT_ONCE);
  now.forEach((entry) => {
    dirty.delete(entry);
    cards.draw(entry);
  });
  drawing = dirty.size > 0 ? setTimeout(draw) : 0;
  arrangeCards();
  details.refresh(now);
  progress.draw(run, images);
  element("gone").hidden = run.state !== "gone";
}

function arrangeCards() {
  const filter = currentFilter();
  const drawn = images.entries.filter((entry) => cards.has(entry));
  cards.show(arrange(drawn, element("sort").value, filter));
  const total = images.entries.length;
  const shown = cards.shown.length;
  document.body.classList.toggle("filled", total > 0);
  element("results").hidden = total === 0;
  element("run").hidden = total === 0;
  element("guide").hidden = total > 0;
  element("list").hidden = shown === 0; // an empty list would still take the focus
  element("no-match").hidden = shown > 0;
  element("shown").textContent = isEmpty(filter) ? "" : `Showing ${shown} of ${total}`;
  const finished = cards.shown.filter(isFinished).length;
  element("export").textContent = `Export CSV (${finished})`;
  element("export").disabled = finished === 0;
}

/** @param {import("./images.js").Entry} entry */
function isFinished(entry) {
  return entry.result !== undefined || entry.state === "failed";
}

/** @returns {import("./order.js").Filter} */
function currentFilter() {
  return {
    name: element("name").value.trim(),
    least: element("least").valueAsNumber,
    most: element("most").valueAsNumber,
    errors: element("errors").checked,
  };
}

function drawCompareButton() {
  const count = cards.marked.length;
  element("compare").disabled = count < MOST_MARKS;
  element("compare").textContent = `Compare (${count} of ${MOST_MARKS} marked)`;
}

/** @param {import("./intake.js").Intake} intake */
function take({ files, others }) {
  const added = images.add(files);
  element("left-out").textContent = leftOut(added, files.length - added, others);
  if (added > 0 && run.state !== "gone" && run.state !== "unauthorized") {
    run.start();
  }
}

/**
 * What became of files that are not in the list now; empty if all are.
 * @param {number} added
 * @param {number} known
 * @param {number} others
 */
function leftOut(added, known, others) {
  const parts = [
    known > 0 && `${known} of them ${known === 1 ? "is" : "are"} in the list already`,
    others > 0 && `${others} other ${others === 1 ? "file is no image and was" : "files are no images and were"} left out`,
  ].filter(Boolean);
  return parts.length > 0 ? `${added} ${added === 1 ? "image" : "images"} added; ${parts.join("; ")}.` : "";
}

function save() {
  const file = new Blob([csv(cards.shown.filter(isFinished))], { type: "text/csv" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "scores.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAVE_WITHIN);
  images.unsaved = images.unsaved && cards.shown.length < images.entries.length;
}

function lookCloser() {
  run.view = element("look-closer").checked ? "both" : "whole";
  images.keepScores();
  run.lookAgain(images.entries);
  if (run.state === "idle" || run.state === "running") {
    run.start();
  }
}

function removeAll() {
  run.stop("canceled");
  images.clear();
  cards.clear();
  dirty.clear();
  draw();
  element("choose-files").focus();
}

function askToRemove() {
  const count = images.entries.length;
  if (!images.unsaved) {
    removeAll();
    return;
  }
  element("removal-text").textContent =
    `Remove ${count === 1 ? "the image" : `all ${count} images`} from this page? Not all results were exported.`;
  element("removal").showModal();
}

/** Asks the server which model it has, and what that can tell. */
async function learnModel() {
  try {
    const [model] = await client.models();
    details.maps = model.maps;
    details.detail = model.detail;
    details.exif = model.exif;
    element("look").hidden = !model.detail;
    element("guide-range").hidden = !model.score_interval;
    for (const option of element("sort").querySelectorAll(":is([value^=detail], [value^=worst])")) {
      option.hidden = !model.detail;
    }
    element("model").textContent = `Model ${model.name}, ${model.precision}`;
    element("model").title = model.identity;
  } catch (error) {
    if (error instanceof Unauthorized) {
      askForKey();
    } else if (error instanceof Gone) {
      run.stop("gone");
    } else if (error instanceof Busy) {
      await error.pause(new AbortController().signal);
      await learnModel();
    }
  }
}

function askForKey() {
  if (element("key-form").hidden) {
    element("key-form").hidden = false;
    element("key-problem").textContent = client.hasKey ? "The key that was given is not accepted." : "";
    element("key").focus();
  }
}

/** @param {SubmitEvent} event */
async function useKey(event) {
  event.preventDefault();
  client.useKey(element("key").value.trim());
  element("key").value = "";
  element("key-form").hidden = true;
  await learnModel();
  if (element("key-form").hidden) {
    run.start();
  }
}

function reconnect() {
  element("gone").hidden = true;
  run.start();
  learnModel();
}

function listenToFiles() {
  for (const [button, input] of [["choose-files", "files"], ["choose-folder", "folder"]]) {
    element(button).addEventListener("click", () => element(input).click());
    element(input).addEventListener("change", () => {
      take(chosen(element(input).files));
      element(input).value = ""; // so that the same files can be chosen again
    });
  }
  addEventListener("paste", (event) => take(fromClipboard(event.clipboardData)));
  listenToDrops();
}

function listenToDrops() {
  let depth = 0; // of the elements that were entered with files
  const enter = (change) => {
    depth = Math.max(0, depth + change);
    element("drop-target").hidden = depth === 0;
  };
  onFiles("dragenter", () => enter(1));
  onFiles("dragleave", () => enter(-1));
  onFiles("dragover", () => {});
  onFiles("drop", async (data) => {
    enter(-depth);
    take(await dropped(data));
  });
}

/**
 * @param {"dragenter" | "dragleave" | "dragover" | "drop"} type
 * @param {(data: DataTransfer) => void} action when files are dragged; text is left to the browser
 */
function onFiles(type, action) {
  addEventListener(type, (event) => {
    if (event.dataTransfer.types.includes("Files")) {
      event.preventDefault();
      action(event.dataTransfer);
    }
  });
}

function listenToTools() {
  for (const id of ["sort", "name", "least", "most", "errors"]) {
    element(id).addEventListener("input", arrangeCards);
  }
  element("tools").open = matchMedia("(min-width: 40rem)").matches; // on a phone the images come first
  element("filter").addEventListener("submit", (event) => event.preventDefault());
  element("show-all").addEventListener("click", () => {
    for (const id of ["name", "least", "most"]) {
      element(id).value = "";
    }
    element("errors").checked = false;
    arrangeCards();
    element("list").focus();
  });
  element("compare").addEventListener("click", () => comparison.open(cards.marked[0], cards.marked[1]));
  element("export").addEventListener("click", save);
  element("clear").addEventListener("click", askToRemove);
}

function listenToRun() {
  element("cancel").addEventListener("click", () => run.stop("canceled"));
  element("resume").addEventListener("click", () => run.start());
  element("look-closer").addEventListener("change", lookCloser);
  element("retry").addEventListener("click", () => {
    images.retryFailed();
    run.start();
  });
  element("reconnect").addEventListener("click", reconnect);
  element("key-form").addEventListener("submit", useKey);
  addEventListener("beforeunload", (event) => {
    if (images.unsaved || run.state === "running") {
      event.preventDefault();
    }
  });
}

function listenToDialogs() {
  for (const button of document.querySelectorAll("dialog [data-close]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
  element("remove").addEventListener("click", () => {
    element("removal").close();
    removeAll();
  });
}

drawBars(element("guide-bars"), { excellent: 0.55, good: 0.26, fair: 0.12, poor: 0.05, bad: 0.02 });
drawCompareButton();
listenToFiles();
listenToTools();
listenToRun();
listenToDialogs();
learnModel();
