/** Makes the thumbnails of cards that are on the screen or near it. */

/** As many as keep the decoders of a browser busy while one thumbnail is drawn. */
const PARALLEL = 3;

export class Thumbnails {
  #worker = new Worker(new URL("thumbnail-worker.js", import.meta.url), { type: "module" });
  #near = new IntersectionObserver((changes) => this.#seen(changes), { rootMargin: "400px" });

  /** @type {Map<Element, File>} cards without a thumbnail */
  #files = new Map();

  /** @type {Set<Element>} cards near the screen that wait for one */
  #wanted = new Set();

  /** @type {Map<number, Element>} cards whose thumbnail is being made */
  #making = new Map();

  #nextId = 0;

  constructor() {
    this.#worker.onmessage = ({ data }) => this.#made(data.id, data.thumbnail);
  }

  /**
   * @param {Element} card gets a thumbnail when it comes near the screen
   * @param {File} file
   */
  add(card, file) {
    this.#files.set(card, file);
    this.#near.observe(card);
  }

  /** Forgets all cards. */
  clear() {
    this.#near.disconnect();
    this.#files.clear();
    this.#wanted.clear();
    this.#making.clear();
  }

  /** @param {IntersectionObserverEntry[]} changes */
  #seen(changes) {
    for (const { target, isIntersecting } of changes) {
      if (isIntersecting) {
        this.#wanted.add(target);
      } else {
        this.#wanted.delete(target);
      }
    }
    this.#make();
  }

  #make() {
    for (const card of this.#wanted) {
      if (this.#making.size >= PARALLEL) {
        return;
      }
      this.#wanted.delete(card);
      this.#near.unobserve(card);
      const id = this.#nextId++;
      this.#making.set(id, card);
      this.#worker.postMessage({ id, file: this.#files.get(card) });
      this.#files.delete(card);
    }
  }

  /**
   * @param {number} id
   * @param {Blob} [thumbnail]
   */
  #made(id, thumbnail) {
    const card = this.#making.get(id);
    this.#making.delete(id);
    if (card) {
      show(card, thumbnail);
    }
    this.#make();
  }
}

/**
 * @param {Element} card
 * @param {Blob} [thumbnail]
 */
function show(card, thumbnail) {
  const frame = card.querySelector(".thumbnail");
  const image = card.querySelector("img");
  if (thumbnail) {
    image.onload = () => URL.revokeObjectURL(image.src);
    image.src = URL.createObjectURL(thumbnail);
    image.hidden = false;
  } else {
    frame.classList.add("unseen");
  }
}
