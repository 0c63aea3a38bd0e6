import { retryDelay, wait } from './retry-delay.js';

/**
 * Keeps something going until told to stop: opens a session, waits until it is over, and opens
 * another one where that makes sense.
 */
export class SessionLoop {
  #abort = null;
  #client = null;

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
          const client = await open(abort.signal);
          this.#client = client;
          const end = await untilOver(client);
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
