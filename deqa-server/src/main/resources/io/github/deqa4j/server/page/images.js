/** The images of the page, and what is known of each. */

/**
 * @typedef {"waiting" | "sent" | "scored" | "failed"} State
 *
 * @typedef {Object} Entry
 * @property {number} id in the order in which they were added
 * @property {string} name
 * @property {File} file
 * @property {State} state
 * @property {import("./levels.js").Result} [result] once it is scored; kept while it is sent again for its parts
 * @property {string} [message] if it failed, or its parts did: the reason, one sentence
 */

/** @typedef {{name: string, file: File}} NamedFile */

export class Images {
  /** @type {Entry[]} */
  entries = [];

  /** Whether there are results that were not exported. */
  unsaved = false;

  #counts = { waiting: 0, sent: 0, scored: 0, failed: 0 };
  #keys = new Set();
  #firstWaiting = 0;
  #nextId = 0;

  /** @param {(changed: Entry[]) => void} listener is told of added and changed entries */
  constructor(listener) {
    this.listener = listener;
  }

  /** How many images there are of each state. */
  get counts() {
    return this.#counts;
  }

  /**
   * Adds files, but for those that are there.
   * @param {NamedFile[]} files
   * @returns {number} how many are new
   */
  add(files) {
    /** @type {Entry[]} */
    const added = [];
    for (const { name, file } of files) {
      const key = `${name}\n${file.size}\n${file.lastModified}`;
      if (!this.#keys.has(key)) {
        this.#keys.add(key);
        added.push({ id: this.#nextId++, name, file, state: "waiting" });
      }
    }
    this.entries.push(...added);
    this.#counts.waiting += added.length;
    this.listener(added);
    return added.length;
  }

  clear() {
    this.entries = [];
    this.unsaved = false;
    this.#counts = { waiting: 0, sent: 0, scored: 0, failed: 0 };
    this.#keys.clear();
    this.#firstWaiting = 0;
    this.listener([]);
  }

  /** Takes the first image that waits; it is then sent. */
  take() {
    while (this.#firstWaiting < this.entries.length) {
      const entry = this.entries[this.#firstWaiting];
      if (entry.state === "waiting") {
        this.#change(entry, "sent");
        return entry;
      }
      this.#firstWaiting++;
    }
    return undefined;
  }

  /** @param {Entry} entry goes back to those that wait */
  putBack(entry) {
    this.#change(entry, "waiting");
    this.#firstWaiting = 0;
  }

  /**
   * @param {Entry} entry
   * @param {import("./levels.js").Result} result
   */
  scored(entry, result) {
    entry.result = result;
    entry.message = undefined;
    this.unsaved = true;
    this.#change(entry, "scored");
  }

  /**
   * One that has a score keeps it.
   * @param {Entry} entry
   * @param {string} message
   */
  failed(entry, message) {
    entry.message = message;
    this.unsaved = true;
    this.#change(entry, entry.result ? "scored" : "failed");
  }

  /** Lets no image wait any more that has a score. */
  keepScores() {
    this.entries.filter(({ state, result }) => state === "waiting" && result).forEach((entry) => this.#change(entry, "scored"));
  }

  /** Lets all that failed wait again. */
  retryFailed() {
    this.entries.filter((entry) => entry.state === "failed").forEach((entry) => this.putBack(entry));
  }

  /**
   * @param {Entry} entry
   * @param {State} state
   */
  #change(entry, state) {
    if (!this.entries.includes(entry)) {
      return; // removed while it was being scored
    }
    this.#counts[entry.state]--;
    this.#counts[state]++;
    entry.state = state;
    this.listener([entry]);
  }
}
