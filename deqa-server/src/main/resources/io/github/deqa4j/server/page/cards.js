/** The list of images: a card for each, one of them active, at most two marked. */

import { capitalized, closeUp, drawBars, figure, range, spoken } from "./levels.js";

/** As many as a comparison shows. */
export const MOST_MARKS = 2;

/** @typedef {import("./images.js").Entry} Entry */

export class CardList {
  /** @type {Entry[]} what is shown, in order */
  shown = [];

  /** @type {Entry[]} what is marked, in the order of marking */
  marked = [];

  /** @type {Map<Entry, HTMLElement>} */
  #cards = new Map();

  /** @type {Entry | undefined} */
  #active;

  /**
   * @param {HTMLElement} list keeps the focus, so that a card can move without losing it
   * @param {HTMLTemplateElement} template of a card
   * @param {import("./thumbnails.js").Thumbnails} thumbnails
   * @param {{open: (entry: Entry) => void, marksChanged: () => void}} actions
   */
  constructor(list, template, thumbnails, actions) {
    this.list = list;
    this.template = template;
    this.thumbnails = thumbnails;
    this.actions = actions;
    list.addEventListener("keydown", (event) => this.#key(event));
    list.addEventListener("click", (event) => this.#click(event));
    list.addEventListener("focus", () => this.activate(this.#active ?? this.shown[0]));
  }

  /** @param {Entry} entry whose card is drawn anew */
  draw(entry) {
    let card = this.#cards.get(entry);
    if (!card) {
      card = this.#make(entry);
      this.#cards.set(entry, card);
    }
    card.dataset.state = entry.state;
    card.setAttribute("aria-label", `${entry.name}, ${description(entry)}`);
    const { result } = entry;
    card.querySelector(".score").textContent = result ? figure(result.score) : "";
    card.querySelector(".interval").textContent = result?.score_interval ? `(${range(result)})` : "";
    card.querySelector(".std").textContent = result ? `std ${figure(result.std)}` : "";
    card.querySelector(".unfamiliar").hidden = !result?.unfamiliar;
    card.querySelector(".close-up").textContent = result ? capitalized(closeUp(result)) : "";
    card.querySelector(".message").textContent = message(entry);
    if (result) {
      drawBars(card.querySelector(".bars"), result.probabilities);
    }
  }

  /** @param {Entry} entry */
  has(entry) {
    return this.#cards.has(entry);
  }

  /**
   * Shows images in an order. Each has been drawn. Only cards whose place changes are touched.
   * @param {Entry[]} entries
   */
  show(entries) {
    this.shown = entries;
    let next = this.list.firstElementChild;
    for (const entry of entries) {
      const card = this.#cards.get(entry);
      if (card === next) {
        next = next.nextElementSibling;
      } else {
        this.list.insertBefore(card, next);
      }
    }
    while (next) {
      const other = next;
      next = next.nextElementSibling;
      other.remove();
    }
    if (this.#active && !this.#cards.get(this.#active)?.isConnected) {
      this.activate(undefined);
    }
  }

  clear() {
    this.thumbnails.clear();
    this.#cards.clear();
    this.marked = [];
    this.show([]);
    this.actions.marksChanged();
  }

  /** @param {Entry | undefined} entry is the one that keys act on */
  activate(entry) {
    this.#cards.get(this.#active)?.classList.remove("active");
    this.#active = entry;
    const card = this.#cards.get(entry);
    if (card) {
      card.classList.add("active");
      card.scrollIntoView({ block: "nearest" });
      this.list.setAttribute("aria-activedescendant", card.id);
    } else {
      this.list.removeAttribute("aria-activedescendant");
    }
  }

  /**
   * Marks an image, or takes its mark away. The oldest of too many marks goes.
   * @param {Entry} entry
   */
  toggleMark(entry) {
    const before = this.marked;
    this.marked = before.includes(entry)
      ? before.filter((other) => other !== entry)
      : [...before, entry].slice(-MOST_MARKS);
    for (const other of new Set([...before, ...this.marked])) {
      this.#cards.get(other).setAttribute("aria-selected", String(this.marked.includes(other)));
    }
    this.actions.marksChanged();
  }

  /**
   * The image some places after another one of those shown.
   * @param {Entry} entry
   * @param {number} places
   */
  neighbor(entry, places) {
    return this.shown[this.shown.indexOf(entry) + places];
  }

  /** @param {Entry} entry */
  #make(entry) {
    const card = /** @type {HTMLElement} */ (document.importNode(this.template.content.firstElementChild, true));
    card.id = `image-${entry.id}`;
    const name = /** @type {HTMLElement} */ (card.querySelector(".name"));
    name.textContent = entry.name;
    name.title = entry.name; // where it is cut off
    this.thumbnails.add(card, entry.file);
    return card;
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const target = /** @type {Element} */ (event.target);
    const card = target.closest(".card");
    const entry = this.shown.find((other) => this.#cards.get(other) === card);
    if (entry) {
      this.activate(entry);
      if (target.closest(".mark")) {
        this.toggleMark(entry);
      } else {
        this.actions.open(entry);
      }
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || this.shown.length === 0) {
      return;
    }
    const at = Math.max(0, this.shown.indexOf(this.#active));
    const to = this.#target(event.key, at);
    if (to !== undefined) {
      this.activate(this.shown[Math.max(0, Math.min(to, this.shown.length - 1))]);
    } else if (event.key === "Enter") {
      this.actions.open(this.shown[at]);
    } else if (event.key === " ") {
      this.toggleMark(this.shown[at]);
    } else {
      return;
    }
    event.preventDefault();
  }

  /**
   * Where a key leads from a place; undefined if it leads nowhere.
   * @param {string} key
   * @param {number} at
   */
  #target(key, at) {
    const columns = getComputedStyle(this.list).gridTemplateColumns.split(" ").length;
    const page = columns * 3;
    const last = this.shown.length - 1;
    const down = at + columns <= last ? at + columns : at;
    const up = at >= columns ? at - columns : at;
    return {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: down,
      ArrowUp: up,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: last,
    }[key];
  }
}

/** @param {Entry} entry */
export function description(entry) {
  if (entry.result) {
    return spoken(entry.result); // also while parts of it are being scored
  }
  switch (entry.state) {
    case "failed":
      return `error: ${entry.message}`;
    case "sent":
      return "being scored";
    default:
      return "not scored yet";
  }
}

/**
 * What a card says besides figures.
 * @param {Entry} entry
 */
function message(entry) {
  if (!entry.result) {
    return capitalized(description(entry));
  }
  if (entry.state !== "scored") {
    return entry.state === "sent" ? "Looking at 100 % …" : "Not at 100 % yet";
  }
  return entry.message ? `Not at 100 %: ${entry.message}` : "";
}
