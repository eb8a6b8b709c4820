/** The server's interface, version 1. */

/** The server does not answer. */
export class Gone extends Error {}

/** The server wants an API key, or another one. */
export class Unauthorized extends Error {}

/** The server has no room at the moment. */
export class Busy extends Error {
  /** @param {number} seconds after which to try again */
  constructor(seconds) {
    super("The server is busy.");
    this.seconds = seconds;
  }

  /**
   * @param {AbortSignal} signal ends the pause early
   * @returns {Promise<void>}
   */
  pause(signal) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.seconds * 1000);
      signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
    });
  }
}

/** The server refuses this request; the message is its sentence. */
export class Refused extends Error {}

const KEY = "deqa-api-key";
/** How long a busy server may let wait, in seconds, whatever it says. */
const SHORTEST_WAIT = 0.1;
const LONGEST_WAIT = 60;

export class Client {
  #key = sessionStorage.getItem(KEY) ?? "";

  get hasKey() {
    return this.#key !== "";
  }

  /** @param {string} key kept until the tab is closed */
  useKey(key) {
    this.#key = key;
    sessionStorage.setItem(KEY, key);
  }

  /**
   * @returns {Promise<{name: string, precision: string, identity: string, exif: boolean, maps: boolean, detail: boolean,
   *     score_interval: boolean}[]>}
   */
  async models() {
    return (await (await this.#fetch("v1/models", {})).json()).models;
  }

  /**
   * @param {File} file
   * @param {"whole" | "both"} view whether parts are scored, too
   * @param {AbortSignal} signal
   * @returns {Promise<import("./levels.js").Result>}
   */
  async score(file, view, signal) {
    const path = view === "whole" ? "v1/score" : `v1/score?view=${view}`;
    return this.#read(await this.#send(path, file, signal), (response) => response.json());
  }

  /**
   * @param {File} file
   * @param {AbortSignal} signal
   * @returns {Promise<Blob>} a PNG
   */
  async heatmap(file, signal) {
    return this.#read(await this.#send("v1/heatmap", file, signal), (response) => response.blob());
  }

  /**
   * @param {string} path
   * @param {File} file
   * @param {AbortSignal} signal
   */
  async #send(path, file, signal) {
    const type = file.type.startsWith("image/") ? file.type : "application/octet-stream";
    try {
      return await this.#fetch(path, { method: "POST", body: file, headers: { "Content-Type": type }, signal });
    } catch (error) {
      if (error instanceof Gone) {
        await this.#requireServer(file);
      }
      throw error;
    }
  }

  /**
   * The browser tells only that a request failed. Finds out whether the server is gone or the file.
   * @param {File} file
   */
  async #requireServer(file) {
    try {
      await file.slice(0, 1).arrayBuffer();
    } catch {
      throw new Refused("This file can no longer be read. It was changed, moved or deleted.");
    }
    await this.#fetch("healthz", {});
    throw new Refused("The connection broke while this image was sent.");
  }

  /**
   * @param {string} path
   * @param {RequestInit} request
   */
  async #fetch(path, request) {
    const headers = new Headers(request.headers);
    if (this.hasKey) {
      headers.set("Authorization", "Bearer " + this.#key);
    }
    const response = await this.#answer(fetch(path, { ...request, headers, cache: "no-store" }));
    if (response.ok) {
      return response;
    }
    if (response.status === 401) {
      throw new Unauthorized();
    }
    if (response.status === 503 || response.status === 429) {
      throw new Busy(seconds(response.headers.get("Retry-After")));
    }
    throw new Refused(await sentence(response));
  }

  /**
   * @template T
   * @param {Response} response
   * @param {(response: Response) => Promise<T>} body
   */
  async #read(response, body) {
    return this.#answer(body(response));
  }

  /**
   * @template T
   * @param {Promise<T>} answer
   */
  async #answer(answer) {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") {
        throw error;
      }
      throw new Gone();
    }
  }
}

/** @param {string | null} header */
function seconds(header) {
  const value = Number(header ?? 1);
  return value >= 0 ? Math.min(Math.max(value, SHORTEST_WAIT), LONGEST_WAIT) : 1;
}

/** @param {Response} response */
async function sentence(response) {
  try {
    return (await response.json()).error.message;
  } catch {
    return `The server answered with status ${response.status}.`;
  }
}
