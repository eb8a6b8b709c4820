/** The dialog that shows one image with all of its numbers, and its heat map on demand. */

import { Busy, Refused, Unauthorized } from "./client.js";
import { description } from "./cards.js";
import { figureLine, levelTable } from "./levels.js";

/** @typedef {import("./images.js").Entry} Entry */

export class Details {
  /** Whether the model can say where an image loses quality. */
  maps = false;

  /** @type {Entry | undefined} */
  #entry;

  /** Ends what is being loaded for the image at hand. */
  #leave = new AbortController();

  /**
   * @param {import("./client.js").Client} client
   * @param {import("./cards.js").CardList} cards
   * @param {(id: string) => any} element finds an element of the page
   */
  constructor(client, cards, element) {
    this.client = client;
    this.cards = cards;
    this.element = element;
    this.dialog = element("details");
    element("previous").addEventListener("click", () => this.#go(-1));
    element("next").addEventListener("click", () => this.#go(1));
    element("heatmap").addEventListener("click", () => this.#toggleHeatmap());
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
    if (!result) {
      this.element("details-result").replaceChildren(paragraph(description(entry), "message"));
      return;
    }
    const facts = `${result.width} × ${result.height} pixels, scored in ${Math.round(result.ms)} ms`;
    this.element("details-result").replaceChildren(
      figureLine(result),
      levelTable(result.probabilities),
      paragraph(facts, "muted"),
      paragraph(result.model, "muted identity"),
    );
  }

  /** @param {Entry} entry */
  #showOriginal(entry) {
    this.element("heatmap").setAttribute("aria-pressed", "false");
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
    const source = URL.createObjectURL(blob);
    this.#leave.signal.addEventListener("abort", () => URL.revokeObjectURL(source));
    this.element("details-note").textContent = "";
    image.hidden = false;
    image.alt = alternative;
    image.onerror = () => {
      image.hidden = true;
      this.element("details-note").textContent = failure;
    };
    image.src = source;
  }

  async #toggleHeatmap() {
    const entry = this.#entry;
    if (this.element("heatmap").getAttribute("aria-pressed") === "true") {
      this.#showOriginal(entry);
      return;
    }
    this.element("heatmap").setAttribute("aria-pressed", "true");
    const note = this.element("details-note");
    note.textContent = "Looking where it loses quality …";
    const { signal } = this.#leave;
    try {
      const map = await this.#heatmap(entry, signal);
      this.#display(map, `Heat map of ${entry.name}`, "This browser cannot show the heat map.");
      note.textContent = "Colors show where this image loses quality against its best part.";
    } catch (error) {
      if (!signal.aborted) {
        this.element("heatmap").setAttribute("aria-pressed", "false");
        note.textContent = reason(error);
      }
    }
  }

  /**
   * Waits as long as the server is busy.
   * @param {Entry} entry
   * @param {AbortSignal} signal
   */
  async #heatmap(entry, signal) {
    for (;;) {
      try {
        return await this.client.heatmap(entry.file, signal);
      } catch (error) {
        if (!(error instanceof Busy)) {
          throw error;
        }
        await error.pause(signal);
        signal.throwIfAborted();
      }
    }
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
    this.element("details-image").onerror = null;
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
