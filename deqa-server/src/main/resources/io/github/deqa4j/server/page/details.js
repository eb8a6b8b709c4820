/** The dialog that shows one image with all of its numbers, and on demand its heat map or its worst part. */

import { Busy, Refused, Unauthorized } from "./client.js";
import { description } from "./cards.js";
import { drawWorst } from "./closeup.js";
import { figureLine, isShrunk, levelTable, remarks } from "./levels.js";

/** @typedef {import("./images.js").Entry} Entry */

/** The buttons that show something else than the image itself. */
const VIEWS = ["heatmap", "close-up"];

export class Details {
  /** Whether the model can say where an image loses quality. */
  maps = false;

  /** Whether the model can look at parts of an image at 100 %. */
  detail = false;

  /** Whether the model turns images as their EXIF orientation says. */
  exif = false;

  /** @type {Entry | undefined} */
  #entry;

  /** Ends what is being loaded for the image at hand. */
  #leave = new AbortController();

  /**
   * @param {import("./client.js").Client} client
   * @param {import("./images.js").Images} images
   * @param {import("./cards.js").CardList} cards
   * @param {(id: string) => any} element finds an element of the page
   */
  constructor(client, images, cards, element) {
    this.client = client;
    this.images = images;
    this.cards = cards;
    this.element = element;
    this.dialog = element("details");
    element("previous").addEventListener("click", () => this.#go(-1));
    element("next").addEventListener("click", () => this.#go(1));
    element("heatmap").addEventListener("click", () => this.#toggle("heatmap", (signal) => this.#showHeatmap(signal)));
    element("close-up").addEventListener("click", () => this.#toggle("close-up", (signal) => this.#showWorst(signal)));
    element("mark").addEventListener("click", () => this.#toggleMark());
    this.dialog.addEventListener("keydown", (event) => this.#key(event));
    this.dialog.addEventListener("close", () => this.#closed());
  }

  /** @param {Entry} entry */
  open(entry) {
    this.#show(entry);
    this.dialog.showModal();
  }

  /** @param {Entry[]} changed */
  refresh(changed) {
    if (this.#entry && changed.includes(this.#entry)) {
      this.#drawResult(this.#entry);
    }
  }

  /** @param {Entry} entry */
  #show(entry) {
    this.#entry = entry;
    this.cards.activate(entry);
    this.element("details-name").textContent = entry.name;
    this.#showOriginal(entry);
    this.#drawResult(entry);
    this.#drawMark(entry);
    this.element("previous").setAttribute("aria-disabled", String(!this.cards.neighbor(entry, -1)));
    this.element("next").setAttribute("aria-disabled", String(!this.cards.neighbor(entry, 1)));
  }

  /** @param {Entry} entry */
  #drawResult(entry) {
    const { result } = entry;
    this.element("heatmap").hidden = !this.maps || !result;
    this.element("close-up").hidden = !this.detail || !result || !isShrunk(result);
    if (!result) {
      this.element("details-result").replaceChildren(paragraph(description(entry), "message"));
      return;
    }
    const facts = `${result.width} × ${result.height} pixels, scored in ${Math.round(result.ms)} ms`;
    this.element("details-result").replaceChildren(
      figureLine(result),
      ...remarks(result).map((remark) => paragraph(remark, "")),
      levelTable(result.probabilities),
      paragraph(facts, "muted"),
      paragraph(result.model, "muted identity"),
    );
  }

  /** @param {Entry} entry */
  #showOriginal(entry) {
    for (const button of VIEWS) {
      this.element(button).setAttribute("aria-pressed", "false");
    }
    this.#display(entry.file, entry.name, "This browser cannot show this format. The score does not depend on it.");
  }

  /**
   * @param {Blob} blob
   * @param {string} alternative text
   * @param {string} failure what to say if the browser cannot show it
   */
  #display(blob, alternative, failure) {
    this.#leave.abort();
    this.#leave = new AbortController();
    const image = this.element("details-image");
    const source = this.#source(blob);
    this.element("details-part").hidden = true;
    this.element("details-note").textContent = "";
    image.hidden = false;
    image.alt = alternative;
    image.onerror = () => {
      image.hidden = true;
      this.element("details-note").textContent = failure;
    };
    image.src = source;
  }

  /**
   * The address of a blob, until another image is displayed.
   * @param {Blob} blob
   */
  #source(blob) {
    const source = URL.createObjectURL(blob);
    this.#leave.signal.addEventListener("abort", () => URL.revokeObjectURL(source));
    return source;
  }

  /**
   * Shows another view of the image, or the image again.
   * @param {string} button of that view
   * @param {(signal: AbortSignal) => Promise<void>} show
   */
  async #toggle(button, show) {
    const pressed = this.element(button).getAttribute("aria-pressed") === "true";
    this.#showOriginal(this.#entry);
    if (pressed) {
      return;
    }
    this.element(button).setAttribute("aria-pressed", "true");
    const { signal } = this.#leave;
    try {
      await show(signal);
    } catch (error) {
      if (!signal.aborted) {
        this.element(button).setAttribute("aria-pressed", "false");
        this.element("details-note").textContent = reason(error);
      }
    }
  }

  /** @param {AbortSignal} signal */
  async #showHeatmap(signal) {
    const entry = this.#entry;
    const note = this.element("details-note");
    note.textContent = "Looking where it loses quality …";
    const map = await whenFree(() => this.client.heatmap(entry.file, signal), signal);
    this.#display(map, `Heat map of ${entry.name}`, "This browser cannot show the heat map.");
    note.textContent = "Colors show where this image loses quality against its best part.";
  }

  /** @param {AbortSignal} signal */
  async #showWorst(signal) {
    const entry = this.#entry;
    const note = this.element("details-note");
    note.textContent = "Looking at 100 % …";
    if (!entry.result.detail) {
      this.images.scored(entry, await whenFree(() => this.client.score(entry.file, "both", signal), signal));
    }
    const drawn = await drawWorst(entry.file, entry.result, this.exif).catch(() => {
      throw new Refused("This browser cannot show parts of this image. The scores do not depend on it.");
    });
    signal.throwIfAborted();
    this.#display(drawn.whole, `${entry.name} with its worst part outlined`, "This browser cannot show the drawing.");
    const part = this.element("details-part");
    part.src = this.#source(drawn.worst);
    part.alt = `The worst part of ${entry.name} at 100 %`;
    part.style.width = `${entry.result.detail.worst.width / devicePixelRatio}px`;
    part.style.height = `${entry.result.detail.worst.height / devicePixelRatio}px`;
    part.hidden = false;
    note.textContent = "The outline shows the worst part. Below the image is this part at 100 %.";
  }

  #toggleMark() {
    this.cards.toggleMark(this.#entry);
    this.#drawMark(this.#entry);
  }

  /** @param {Entry} entry */
  #drawMark(entry) {
    this.element("mark").setAttribute("aria-pressed", String(this.cards.marked.includes(entry)));
  }

  /** @param {number} places */
  #go(places) {
    const entry = this.cards.neighbor(this.#entry, places);
    if (entry) {
      this.#show(entry);
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const places = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (places && !event.altKey && !event.ctrlKey && !event.metaKey) {
      this.#go(places);
      event.preventDefault();
    }
  }

  #closed() {
    this.#leave.abort();
    this.#entry = undefined;
    this.element("details-image").removeAttribute("src");
    this.element("details-part").removeAttribute("src");
    this.element("details-image").onerror = null;
  }
}

/**
 * Asks again as long as the server is busy.
 * @template T
 * @param {() => Promise<T>} ask
 * @param {AbortSignal} signal
 * @returns {Promise<T>}
 */
async function whenFree(ask, signal) {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Busy)) {
        throw error;
      }
      await error.pause(signal);
      signal.throwIfAborted();
    }
  }
}

/** @param {unknown} error */
function reason(error) {
  if (error instanceof Unauthorized) {
    return "The server asks for an API key.";
  }
  return error instanceof Refused ? error.message : "The server does not answer.";
}

/**
 * @param {string} text
 * @param {string} style
 */
function paragraph(text, style) {
  const element = document.createElement("p");
  element.className = style;
  element.textContent = text;
  return element;
}
