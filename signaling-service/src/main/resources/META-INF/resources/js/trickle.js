import { describeIce, writeFragment } from './sdp-fragment.js';

const BATCH_MILLIS = 60;
const RETRY_MILLIS = 1000;

/**
 * Collects the local candidates of one ICE session and sends them in batches, once `start` says
 * that the session exists on the server. An ICE restart takes a new Trickle.
 */
export class Trickle {
  #ice;
  #send;
  #pauses;
  #waiting = [];
  #isComplete = false;
  #isEndSent = false;
  #isStarted = false;
  #isStopped = false;
  #timer = null;

  /**
   * @param {string} offer the offer whose candidates these are
   * @param {(fragment: string) => Promise<void>} send
   * @param {{batchMillis?: number, retryMillis?: number}} [pauses]
   */
  constructor(offer, send, pauses = {}) {
    this.#ice = describeIce(offer);
    this.#send = send;
    this.#pauses = { batchMillis: BATCH_MILLIS, retryMillis: RETRY_MILLIS, ...pauses };
  }

  /** The fragment that asks for an ICE restart, with what has been gathered; that is not sent again. */
  takeFragment() {
    this.#isEndSent = this.#isComplete;
    return writeFragment(this.#ice, this.#waiting.splice(0), this.#isComplete);
  }

  /** @param {RTCIceCandidate|null} candidate as the icecandidate event has it, null at the end */
  add(candidate) {
    if (candidate === null) {
      this.#isComplete = true;
    } else if (candidate.candidate === '' || !this.#concerns(candidate)) {
      return;
    } else {
      this.#waiting.push(candidate.candidate);
    }
    this.#schedule(this.#pauses.batchMillis);
  }

  start() {
    this.#isStarted = true;
    this.#schedule(0);
  }

  stop() {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  // Candidates of the ICE session before a restart may still arrive; the server would refuse them.
  #concerns({ usernameFragment, sdpMid }) {
    const lines = [...this.#ice.sessionLines, ...this.#ice.mediaLines];
    const isCurrent = !usernameFragment || lines.includes(`a=ice-ufrag:${usernameFragment}`);
    return isCurrent && (sdpMid === null || sdpMid === this.#ice.mid);
  }

  #hasNews() {
    return this.#waiting.length > 0 || (this.#isComplete && !this.#isEndSent);
  }

  #schedule(millis) {
    if (this.#isStarted && !this.#isStopped && this.#timer === null && this.#hasNews()) {
      this.#timer = setTimeout(() => this.#flush(), millis);
    }
  }

  async #flush() {
    const batch = this.#waiting.splice(0);
    const isLast = this.#isComplete;
    try {
      await this.#send(writeFragment(this.#ice, batch, isLast));
      this.#isEndSent ||= isLast;
      this.#timer = null;
      this.#schedule(this.#pauses.batchMillis);
    } catch (error) {
      this.#timer = null;
      if (error.isPassing) {
        this.#waiting.unshift(...batch);
        this.#schedule(this.#pauses.retryMillis);
      } else {
        // No trickle there, or another ICE session by now. Checks that reach the server still do.
        this.stop();
      }
    }
  }
}
