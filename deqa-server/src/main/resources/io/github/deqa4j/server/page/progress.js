/** Says how far the run is: for the eye all the time, for a screen reader now and then. */

/** A screen reader is told each time that so large a part is done. */
const SPOKEN_PART = 0.25;

export class Progress {
  #spoken = "";

  /** @param {(id: string) => any} element finds an element of the page */
  constructor(element) {
    this.element = element;
  }

  /**
   * @param {import("./run.js").Run} run
   * @param {import("./images.js").Images} images
   */
  draw(run, images) {
    const { waiting, scored, failed } = images.counts;
    const total = images.entries.length;
    const done = scored + failed;
    const runs = run.state === "running";
    const text = sentence(run, images);
    this.element("progress").max = Math.max(total, 1);
    this.element("progress").value = done;
    this.element("progress").hidden = done === total;
    this.element("progress-text").textContent = text;
    document.title = runs ? `${done} of ${total} – Image quality` : "Image quality – deqa4j";
    button(this.element("cancel"), runs, "Cancel");
    button(this.element("resume"), run.state === "canceled" && waiting > 0, `Score the other ${waiting}`);
    button(this.element("retry"), failed > 0, `Retry failed (${failed})`);
    this.#speak(runs ? Math.floor(done / total / SPOKEN_PART) : run.state, text);
  }

  /**
   * @param {string | number} occasion another one than before is spoken
   * @param {string} text
   */
  #speak(occasion, text) {
    if (String(occasion) !== this.#spoken) {
      this.#spoken = String(occasion);
      this.element("status").textContent = text;
    }
  }
}

/**
 * Shows or hides a button. One that loses its place gives the focus to the list.
 * @param {HTMLButtonElement} element
 * @param {boolean} shown
 * @param {string} text
 */
function button(element, shown, text) {
  const focused = document.activeElement === element;
  element.hidden = !shown;
  element.textContent = text;
  if (focused && !shown) {
    document.getElementById("list").focus({ preventScroll: true });
  }
}

/**
 * @param {import("./run.js").Run} run
 * @param {import("./images.js").Images} images
 */
function sentence(run, images) {
  const { scored, failed } = images.counts;
  const total = images.entries.length;
  const parts = [`${scored} of ${total} ${total === 1 ? "image" : "images"} scored`];
  if (failed > 0) {
    parts.push(`${failed} failed`);
  }
  if (run.state === "canceled") {
    parts.push("canceled");
  } else if (run.waits) {
    parts.push("the server is busy, waiting");
  } else if (run.secondsLeft !== undefined) {
    parts.push(timeLeft(run.secondsLeft));
  }
  return parts.join(", ");
}

/** @param {number} seconds */
function timeLeft(seconds) {
  if (seconds < 8) {
    return "a few seconds left";
  }
  if (seconds < 90) {
    return `about ${Math.round(seconds / 10) * 10} seconds left`;
  }
  return `about ${Math.round(seconds / 60)} minutes left`;
}
