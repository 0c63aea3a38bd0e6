const FIRST_SECONDS = 1;
const LONGEST_SECONDS = 15;

/**
 * How long to wait before the same request is tried again: what the server says, else longer and
 * longer.
 *
 * @param {{retryAfterSeconds?: number|null}|null} error
 * @param {number} attempt how often it has failed before
 * @returns {number} seconds
 */
export function retryDelay(error, attempt) {
  const asked = error?.retryAfterSeconds;
  if (typeof asked === 'number') {
    return Math.min(Math.max(asked, FIRST_SECONDS), 60);
  }
  return Math.min(FIRST_SECONDS * 2 ** attempt, LONGEST_SECONDS);
}

/**
 * @param {number} seconds
 * @param {AbortSignal} signal ends the wait early, by an error
 */
export function wait(seconds, signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}
