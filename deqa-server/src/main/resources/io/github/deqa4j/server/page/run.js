/** Sends the images that wait to the server, a few at a time. */

import { Busy, Gone, Refused, Unauthorized } from "./client.js";
import { isShrunk } from "./levels.js";

/** As many requests as keep a server's next batch filled while it computes one. */
const PARALLEL = 4;

/** @typedef {"idle" | "running" | "canceled" | "gone" | "unauthorized"} RunState */

export class Run {
  /** @type {RunState} */
  state = "idle";

  /** @type {"whole" | "both"} whether parts of images are scored, too */
  view = "whole";

  /** Whether all wait because the server was busy. */
  waits = false;

  #senders = 0;
  #stop = new AbortController();
  #free = Promise.resolve();
  #started = 0;
  #done = 0;

  /**
   * @param {import("./client.js").Client} client
   * @param {import("./images.js").Images} images
   * @param {(state: RunState) => void} listener is told when the run begins, waits, goes on or ends
   */
  constructor(client, images, listener) {
    this.client = client;
    this.images = images;
    this.listener = listener;
  }

  /** Starts, or lets a running one take what was added. */
  start() {
    if (this.state !== "running") {
      this.state = "running";
      this.#stop = new AbortController();
      this.#senders = 0;
      this.#started = performance.now();
      this.#done = 0;
    }
    while (this.#senders < PARALLEL && this.images.counts.waiting > 0) {
      this.#senders++;
      this.#sendAll(this.#stop.signal);
    }
    this.#endIfDone();
    this.listener(this.state);
  }

  /**
   * Aborts the requests that run. Their images wait again.
   * @param {RunState} reason
   */
  stop(reason) {
    this.state = reason;
    this.#stop.abort();
    this.listener(reason);
  }

  /**
   * Lets those wait again whose parts are wanted and were not scored.
   * @param {import("./images.js").Entry[]} entries
   */
  lookAgain(entries) {
    if (this.view === "both") {
      entries
        .filter(({ state, result }) => state === "scored" && !result.detail && isShrunk(result))
        .forEach((entry) => this.images.putBack(entry));
    }
  }

  /** Seconds until all images are scored, as the images so far took; undefined if nothing is known. */
  get secondsLeft() {
    const { waiting, sent } = this.images.counts;
    const seconds = (performance.now() - this.#started) / 1000;
    return this.state === "running" && this.#done > 0 ? (seconds / this.#done) * (waiting + sent) : undefined;
  }

  /** @param {AbortSignal} signal */
  async #sendAll(signal) {
    for (;;) {
      const entry = signal.aborted ? undefined : this.images.take();
      if (entry === undefined) {
        break;
      }
      await this.#send(entry, signal);
    }
    if (!signal.aborted) {
      this.#senders--;
      this.#endIfDone();
    }
  }

  /**
   * @param {import("./images.js").Entry} entry
   * @param {AbortSignal} signal
   */
  async #send(entry, signal) {
    while (!signal.aborted) {
      try {
        await this.#free;
        signal.throwIfAborted();
        const { view } = this;
        const result = await this.client.score(entry.file, view, signal);
        this.#done++;
        this.images.scored(entry, result);
        if (view !== this.view) {
          this.lookAgain([entry]);
        }
        return;
      } catch (error) {
        if (error instanceof Busy) {
          this.#wait(error, signal);
        } else if (error instanceof Refused) {
          this.#done++;
          this.images.failed(entry, error.message);
          return;
        } else if (!signal.aborted) {
          this.stop(error instanceof Unauthorized ? "unauthorized" : "gone");
        }
      }
    }
    this.images.putBack(entry);
  }

  /**
   * Lets all senders wait. One that learns it when all wait already has nothing to add.
   * @param {Busy} busy
   * @param {AbortSignal} signal
   */
  #wait(busy, signal) {
    if (this.waits) {
      return;
    }
    this.waits = true;
    this.#free = busy.pause(signal).then(() => {
      this.waits = false;
      this.listener(this.state);
    });
    this.listener(this.state);
  }

  #endIfDone() {
    if (this.state === "running" && this.#senders === 0) {
      this.stop("idle");
    }
  }
}
