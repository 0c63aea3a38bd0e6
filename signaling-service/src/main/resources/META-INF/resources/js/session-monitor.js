import { diagnose } from './diagnosis.js';
import { liveNumbers } from './live-numbers.js';
import { udpAddresses } from './sdp-fragment.js';

const INTERVAL_MILLIS = 1000;

/** Looks at a session each second: takes its numbers, and diagnoses it. */
export class SessionMonitor {
  #pc;
  #role;
  #stream;
  #onSample;
  #timer;
  #report = null;
  #numbers = null;
  #transport = '';
  #transportSince = performance.now();
  #movedSince = performance.now();

  /**
   * @param {import('./peer-session.js').PeerSession} session
   * @param {'publish'|'watch'} role
   * @param {string} stream
   * @param {(sample: {numbers: import('./live-numbers.js').LiveNumbers,
   *     diagnosis: import('./diagnosis.js').Diagnosis|null}) => void} onSample
   */
  constructor(session, role, stream, onSample) {
    this.#pc = session.peerConnection;
    this.#role = role;
    this.#stream = stream;
    this.#onSample = onSample;
    this.#timer = setInterval(() => this.#sample(), INTERVAL_MILLIS);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = null;
  }

  /** By what is known now; also right before the connection is closed. */
  diagnosis() {
    const now = performance.now();
    const ice = this.#pc.iceConnectionState;
    const dtls = this.#dtls();
    if (`${ice} ${dtls}` !== this.#transport) {
      this.#transport = `${ice} ${dtls}`;
      this.#transportSince = now;
    }
    return diagnose({
      ...this.#numbers,
      role: this.#role,
      stream: this.#stream,
      pageHost: location.hostname,
      ice,
      dtls,
      serverAddresses: udpAddresses(this.#pc.remoteDescription?.sdp ?? ''),
      secondsInState: (now - this.#transportSince) / 1000,
      silentSeconds: (now - this.#movedSince) / 1000,
      hasVideo: this.#hasVideo(),
    });
  }

  async #sample() {
    if (this.#pc.connectionState === 'closed') {
      return;
    }
    const report = await this.#pc.getStats();
    if (this.#timer === null) {
      return;
    }
    const numbers = liveNumbers(this.#role, report, this.#report);
    // Pairs that have failed vanish from the report.
    numbers.checksSent = Math.max(numbers.checksSent, this.#numbers?.checksSent ?? 0);
    numbers.checksAnswered = Math.max(numbers.checksAnswered, this.#numbers?.checksAnswered ?? 0);
    if (numbers.packets !== this.#numbers?.packets) {
      this.#movedSince = performance.now();
    }
    this.#report = report;
    this.#numbers = numbers;
    this.#onSample({ numbers, diagnosis: this.diagnosis() });
  }

  #dtls() {
    return this.#pc.getTransceivers().map((each) => each.sender.transport).find(Boolean)?.state;
  }

  #hasVideo() {
    return this.#pc.getTransceivers().some((transceiver) => transceiver.receiver.track.kind === 'video'
      && /send|recv/.test(transceiver.currentDirection ?? ''));
  }
}
