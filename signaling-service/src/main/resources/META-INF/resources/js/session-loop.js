import { retryDelay, wait } from './retry-delay.js';

/**
 * Keeps something going until told to stop: opens a session, waits until it is over, and opens
 * another one where that makes sense. A session may be replaced while it goes on.
 */
export class SessionLoop {
  #abort = null;
  #client = null;
  #replacing = null;

  get isRunning() {
    return this.#abort !== null;
  }

  /**
   * @param {object} steps
   * @param {(signal: AbortSignal) => Promise<import('./peer-session.js').PeerSession>} steps.open
   * @param {(error: Error) => boolean} steps.retriesAfter a refusal or failure to open
   * @param {(end: {state: string, error: Error|null, wasConnected: boolean}) => boolean} steps.reopensAfter
   * @param {(seconds: number, error: Error|null) => void} steps.onWaiting before the next try
   * @returns {Promise<{state: string, error: Error|null}>} when it is over for good
   */
  async run({ open, retriesAfter, reopensAfter, onWaiting }) {
    const abort = new AbortController();
    this.#abort = abort;
    try {
      for (let attempt = 0; ; attempt++) {
        let error = null;
        try {
          this.#client = await open(abort.signal);
          const end = await this.#untilOver();
          if (!reopensAfter(end)) {
            return end;
          }
          attempt = end.wasConnected ? 0 : attempt;
        } catch (cause) {
          error = cause;
          abort.signal.throwIfAborted();
          if (!retriesAfter(cause)) {
            return { state: 'failed', error: cause };
          }
        }
        const seconds = retryDelay(error, attempt);
        onWaiting(seconds, error);
        await wait(seconds, abort.signal);
      }
    } catch (cause) {
      if (abort.signal.aborted) {
        return { state: 'stopped', error: null };
      }
      throw cause;
    } finally {
      if (this.#abort === abort) {
        this.#abort = null;
        this.#client = null;
      }
    }
  }

  stop() {
    this.#abort?.abort();
    this.#client?.stop();
  }

  /**
   * Puts another session in the place of the present one, as the event `reconnect` of WHEP asks for:
   * opens it, and ends the present one when that was done. Where it is refused it is tried again as
   * long as the present one lives. Does nothing where there is none, or it is being replaced already.
   *
   * @param {(signal: AbortSignal) => Promise<import('./peer-session.js').PeerSession>} open
   *     fulfilled when the session can take over
   */
  async replace(open) {
    if (!this.#client || this.#replacing) {
      return;
    }
    this.#replacing = this.#replace(open, this.#client, this.#abort.signal);
    await this.#replacing;
    this.#replacing = null;
  }

  async #replace(open, present, stopped) {
    const over = new AbortController();
    untilOver(present).then(() => over.abort());
    const signal = AbortSignal.any([stopped, over.signal]);
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        const next = await open(stopped);
        stopped.throwIfAborted();
        this.#client = next;
        await present.stop();
        return;
      } catch (error) {
        await wait(retryDelay(error, attempt), signal).catch(() => {});
      }
    }
  }

  /** Of the session that is the present one then. */
  async #untilOver() {
    for (;;) {
      const client = this.#client;
      const end = await untilOver(client);
      // What ended may have been told to, or may be followed in a moment.
      await this.#replacing;
      if (client === this.#client) {
        return end;
      }
    }
  }
}

function untilOver(client) {
  return new Promise((resolve) => {
    let wasConnected = client.state === 'connected';
    const check = (state, error) => {
      wasConnected ||= state === 'connected';
      if (['ended', 'failed', 'stopped'].includes(state)) {
        resolve({ state, error, wasConnected });
      }
    };
    client.addEventListener('statechange', ({ detail }) => check(detail.state, detail.error));
    check(client.state, null);
  });
}
