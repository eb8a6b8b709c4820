/** The dialog that shows two images side by side. Both are zoomed and moved together. */

import { drawBars, figure, figureLine } from "./levels.js";

const LARGEST_ZOOM = 32;
const ZOOM_STEP = 1.25;

/** How far an arrow key moves, as a part of the pane. */
const MOVE_STEP = 0.1;

/** @typedef {import("./images.js").Entry} Entry */

export class Comparison {
  /** Against an image that fits into its pane. */
  #zoom = 1;

  /** Where the middle of the image is, against the middle of the pane; as parts of the pane's sides. */
  #x = 0;
  #y = 0;

  /** @type {Map<number, {x: number, y: number}>} where fingers or the mouse are, in pixels */
  #pointers = new Map();

  /** @type {string[]} */
  #sources = [];

  /** @param {(id: string) => any} element finds an element of the page */
  constructor(element) {
    this.element = element;
    this.dialog = element("comparison");
    this.panes = [...this.dialog.querySelectorAll(".pane")];
    this.photos = [...this.dialog.querySelectorAll(".pane img")];
    this.captions = [...this.dialog.querySelectorAll("figcaption")];
    element("zoom-in").addEventListener("click", () => this.#zoomBy(ZOOM_STEP));
    element("zoom-out").addEventListener("click", () => this.#zoomBy(1 / ZOOM_STEP));
    element("zoom-fit").addEventListener("click", () => this.#fit());
    element("zoom-full").addEventListener("click", () => this.#zoomBy(this.#fullZoom() / this.#zoom));
    this.dialog.addEventListener("keydown", (event) => this.#key(event));
    this.dialog.addEventListener("close", () => this.#closed());
    this.panes.forEach((pane) => this.#listen(pane));
  }

  /**
   * @param {Entry} left
   * @param {Entry} right
   */
  open(left, right) {
    [left, right].forEach((entry, i) => this.#show(entry, i));
    this.element("comparison-title").textContent = difference(left, right);
    this.#fit();
    this.dialog.showModal();
    this.element("panes").focus();
  }

  /**
   * @param {Entry} entry
   * @param {number} i which pane
   */
  #show(entry, i) {
    this.#sources[i] = URL.createObjectURL(entry.file);
    this.photos[i].src = this.#sources[i];
    this.photos[i].alt = entry.name;
    const name = document.createElement("p");
    name.className = "name";
    name.textContent = entry.name;
    this.captions[i].replaceChildren(name);
    if (entry.result) {
      const bars = document.createElement("span");
      bars.className = "bars";
      drawBars(bars, entry.result.probabilities);
      this.captions[i].append(figureLine(entry.result), bars);
    }
  }

  #closed() {
    this.#sources.forEach((source) => URL.revokeObjectURL(source));
    this.#pointers.clear();
    this.photos.forEach((image) => image.removeAttribute("src"));
  }

  #fit() {
    this.#x = 0;
    this.#y = 0;
    this.#zoom = 1;
    this.#draw();
  }

  /** The zoom at which the larger image has one pixel of its own for each of the screen. */
  #fullZoom() {
    const zooms = this.photos.map((image, i) => {
      const { clientWidth, clientHeight } = this.panes[i];
      const fitted = Math.min(clientWidth / image.naturalWidth, clientHeight / image.naturalHeight);
      return 1 / (fitted * devicePixelRatio);
    });
    return Math.max(...zooms.filter(Number.isFinite), 1);
  }

  /**
   * Zooms so that a place stays where it is.
   * @param {number} factor
   * @param {number} x the place, against the middle of the pane; as parts of its sides
   * @param {number} y
   */
  #zoomBy(factor, x = 0, y = 0) {
    const before = this.#zoom;
    this.#zoom = Math.min(Math.max(before * factor, 1), LARGEST_ZOOM);
    const grown = this.#zoom / before;
    this.#moveTo(x + (this.#x - x) * grown, y + (this.#y - y) * grown);
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #moveTo(x, y) {
    const farthest = (this.#zoom - 1) / 2; // a pane is always filled as far as a fitted image fills it
    this.#x = Math.min(Math.max(x, -farthest), farthest);
    this.#y = Math.min(Math.max(y, -farthest), farthest);
    this.#draw();
  }

  #draw() {
    const transform = `translate(${this.#x * 100}%, ${this.#y * 100}%) scale(${this.#zoom})`;
    this.photos.forEach((image) => (image.style.transform = transform));
    this.element("zoom").textContent = `${Math.round(this.#zoom * 100)} %`;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const action = {
      "+": () => this.#zoomBy(ZOOM_STEP),
      "=": () => this.#zoomBy(ZOOM_STEP),
      "-": () => this.#zoomBy(1 / ZOOM_STEP),
      0: () => this.#fit(),
      1: () => this.#zoomBy(this.#fullZoom() / this.#zoom),
      ArrowLeft: () => this.#moveTo(this.#x + MOVE_STEP, this.#y),
      ArrowRight: () => this.#moveTo(this.#x - MOVE_STEP, this.#y),
      ArrowUp: () => this.#moveTo(this.#x, this.#y + MOVE_STEP),
      ArrowDown: () => this.#moveTo(this.#x, this.#y - MOVE_STEP),
    }[event.key];
    if (action) {
      action();
      event.preventDefault();
    }
  }

  /** @param {HTMLElement} pane */
  #listen(pane) {
    pane.addEventListener("wheel", (event) => this.#wheel(event, pane), { passive: false });
    pane.addEventListener("pointerdown", (event) => {
      pane.setPointerCapture(event.pointerId);
      this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    });
    pane.addEventListener("pointermove", (event) => this.#drag(event, pane));
    const end = (event) => this.#pointers.delete(event.pointerId);
    pane.addEventListener("pointerup", end);
    pane.addEventListener("pointercancel", end);
  }

  /**
   * @param {WheelEvent} event
   * @param {HTMLElement} pane
   */
  #wheel(event, pane) {
    event.preventDefault();
    const { x, y } = place(event.clientX, event.clientY, pane);
    this.#zoomBy(Math.exp(-event.deltaY / 400), x, y);
  }

  /**
   * One pointer moves the images, two zoom them.
   * @param {PointerEvent} event
   * @param {HTMLElement} pane
   */
  #drag(event, pane) {
    const before = this.#pointers.get(event.pointerId);
    if (!before) {
      return;
    }
    const now = { x: event.clientX, y: event.clientY };
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.#pointers.set(event.pointerId, now);
    if (other) {
      const { x, y } = place((now.x + other.x) / 2, (now.y + other.y) / 2, pane);
      this.#zoomBy(distance(now, other) / Math.max(1, distance(before, other)), x, y);
    } else {
      const { width, height } = pane.getBoundingClientRect();
      this.#moveTo(this.#x + (now.x - before.x) / width, this.#y + (now.y - before.y) / height);
    }
  }
}

/**
 * @param {Entry} left
 * @param {Entry} right
 */
function difference(left, right) {
  if (!left.result || !right.result) {
    return "Compare";
  }
  const [better, worse] = left.result.score >= right.result.score ? [left, right] : [right, left];
  const by = figure(better.result.score - worse.result.score);
  return by === "0.00" ? "Both score the same" : `${better.name} scores ${by} higher`;
}

/**
 * A place in a pane, against its middle; as parts of its sides.
 * @param {number} clientX
 * @param {number} clientY
 * @param {HTMLElement} pane
 */
function place(clientX, clientY, pane) {
  const { left, top, width, height } = pane.getBoundingClientRect();
  return { x: (clientX - left) / width - 0.5, y: (clientY - top) / height - 0.5 };
}

/**
 * @param {{x: number, y: number}} a
 * @param {{x: number, y: number}} b
 */
function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
