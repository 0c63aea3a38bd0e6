/** Why a WHIP or WHEP request failed, in the terms of RFC 9457 (problem details). */
export class SignallingError extends Error {
  /**
   * @param {object} problem
   * @param {number} problem.status HTTP status code; 0 when no response came at all
   * @param {string} problem.title the kind of fault
   * @param {string} [problem.detail] what went wrong this time
   * @param {number|null} [problem.retryAfterSeconds] when the server suggests to try again
   */
  constructor({ status, title, detail = '', retryAfterSeconds = null }) {
    super(detail ? `${title}: ${detail}` : title);
    this.name = 'SignallingError';
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** The session is not, or no longer, known to the server. */
  get isGone() {
    return this.status === 404 || this.status === 410;
  }

  /** Worth another try with the same request: nothing answered, or the server is in trouble. */
  get isPassing() {
    return this.status === 0 || this.status === 429 || (this.status >= 500 && this.status !== 501);
  }

  /** @param {Response} response a response that is not a success */
  static async from(response) {
    const problem = await readProblem(response);
    return new SignallingError({
      status: response.status,
      title: problem.title || response.statusText || `HTTP ${response.status}`,
      detail: problem.detail,
      retryAfterSeconds: parseRetryAfter(response.headers.get('Retry-After'), Date.now()),
    });
  }

  /** @param {unknown} cause what `fetch` threw */
  static unreachable(cause) {
    return new SignallingError({
      status: 0,
      title: 'No response',
      detail: cause instanceof Error ? cause.message : String(cause),
    });
  }
}

/**
 * Seconds to wait by a Retry-After header (RFC 9110 section 10.2.3), which is a number or a date.
 *
 * @param {string|null} value
 * @param {number} nowMillis
 * @returns {number|null}
 */
export function parseRetryAfter(value, nowMillis) {
  if (value === null || value.trim() === '') {
    return null;
  }
  if (/^\s*\d+\s*$/.test(value)) {
    return Number(value);
  }
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - nowMillis) / 1000));
}

async function readProblem(response) {
  const type = response.headers.get('Content-Type') ?? '';
  if (!/^application\/(problem\+)?json\b/i.test(type)) {
    return {};
  }
  try {
    const body = await response.json();
    return { title: text(body?.title), detail: text(body?.detail) };
  } catch {
    return {};
  }
}

function text(value) {
  return typeof value === 'string' ? value : '';
}
