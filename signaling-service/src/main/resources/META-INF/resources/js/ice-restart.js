import { restartAnswer } from './sdp-fragment.js';
import { SignallingError } from './signalling-error.js';
import { Trickle } from './trickle.js';

const PATIENCE_MILLIS = 1500;
const PAUSES_MILLIS = [1000, 2000, 4000, 8000];
const ATTEMPT_MILLIS = 4000;
const GIVE_UP_MILLIS = 30_000;

/**
 * Brings a lost connection back by ICE restarts (RFC 9725 section 4.3.3): media, encryption and the
 * session stay as they are, only the way between the two is found anew. A way that heals by itself
 * within a moment is left alone. After half a minute both sides have let the session go anyway.
 */
export class IceRestart {
  #pc;
  #resource;
  #begin;
  #onState;
  #timer = null;
  #round = 0;
  #isRunning = false;
  #wake = () => {};

  /**
   * @param {RTCPeerConnection} pc
   * @param {import('./session-resource.js').SessionResource} resource
   * @param {object} session
   * @param {(trickle: Trickle) => void} session.begin takes the trickle of the new ICE session
   * @param {(state: string, error?: Error) => void} session.onState
   */
  constructor(pc, resource, { begin, onState }) {
    this.#pc = pc;
    this.#resource = resource;
    this.#begin = begin;
    this.#onState = onState;
  }

  /** The connection is shaky: restart unless it recovers. */
  soon() {
    if (!this.#isRunning && this.#timer === null) {
      this.#timer = setTimeout(() => this.now(), PATIENCE_MILLIS);
    }
  }

  now() {
    clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#isRunning) {
      this.#run(++this.#round);
    }
  }

  /** The connection is there again, or nobody wants it any more. */
  cancel() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#round++;
    this.#wake();
  }

  async #run(round) {
    this.#isRunning = true;
    this.#onState('reconnecting');
    const deadline = performance.now() + GIVE_UP_MILLIS;
    let error = null;
    for (let attempt = 0; round === this.#round && performance.now() < deadline; attempt++) {
      try {
        await this.#attempt();
        if (this.#pc.connectionState === 'connected') {
          this.cancel();
          this.#onState('connected');
        } else {
          await this.#pause(ATTEMPT_MILLIS);
        }
      } catch (cause) {
        error = cause;
        if (!(cause instanceof SignallingError) || !cause.isPassing) {
          break;
        }
        await this.#pause(PAUSES_MILLIS[Math.min(attempt, PAUSES_MILLIS.length - 1)]);
      }
    }
    this.#isRunning = false;
    if (round === this.#round) {
      this.#onState(error?.isGone ? 'ended' : 'failed', error);
    } else if (['disconnected', 'failed'].includes(this.#pc.connectionState)) {
      // It came and went while the last attempt was on its way.
      this.soon();
    }
  }

  async #attempt() {
    const offer = await this.#pc.createOffer({ iceRestart: true });
    const trickle = new Trickle(offer.sdp, (fragment) => this.#resource.trickle(fragment));
    this.#begin(trickle);
    await this.#pc.setLocalDescription(offer);
    try {
      const fragment = await this.#resource.restart(trickle.takeFragment());
      const sdp = restartAnswer(this.#pc.currentRemoteDescription.sdp, fragment);
      await this.#pc.setRemoteDescription({ type: 'answer', sdp });
    } catch (error) {
      await this.#rollBack();
      throw error;
    }
    trickle.start();
  }

  // The server keeps the ICE session that it has, and so do we.
  async #rollBack() {
    if (this.#pc.signalingState === 'have-local-offer') {
      await this.#pc.setLocalDescription({ type: 'rollback' });
    }
  }

  #pause(millis) {
    return new Promise((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, millis);
    });
  }
}
