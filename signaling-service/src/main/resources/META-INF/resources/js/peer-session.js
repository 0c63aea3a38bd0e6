import { IceRestart } from './ice-restart.js';
import { SessionResource } from './session-resource.js';
import { Trickle } from './trickle.js';

/**
 * - `new`: nothing asked for yet
 * - `connecting`: offered, or answered and on the way to connect
 * - `connected`: media can flow
 * - `reconnecting`: the connection was lost, ICE restarts are tried
 * - `ended`: the server ended the session, or has forgotten it
 * - `failed`: no connection came about, or it could not be had again
 * - `stopped`: by `stop()`
 *
 * @typedef {'new'|'connecting'|'connected'|'reconnecting'|'ended'|'failed'|'stopped'} SessionState
 */

const FINAL = new Set(['ended', 'failed', 'stopped']);

/**
 * What WHIP and WHEP have in common: one RTCPeerConnection whose offer and answer travel by HTTP,
 * with trickle ICE, ICE restarts and an orderly end. A session is used once.
 *
 * Dispatches `statechange`, a CustomEvent whose detail is `{state, error}`.
 */
export class PeerSession extends EventTarget {
  #endpoint;
  #token;
  #iceServers;
  #pc = null;
  #resource = null;
  #trickle = null;
  #restart = null;
  #state = 'new';
  #links = '';
  #abort = new AbortController();

  /**
   * @param {object} options
   * @param {string} options.endpoint URL of the WHIP or WHEP endpoint, may be relative to the page
   * @param {string} [options.token] bearer token; no Authorization header is sent without one
   * @param {RTCIceServer[]} [options.iceServers] used besides those that the server links to
   */
  constructor({ endpoint, token = '', iceServers = [] }) {
    super();
    this.#endpoint = new URL(endpoint, document.baseURI).href;
    this.#token = token.trim();
    this.#iceServers = iceServers;
  }

  /** @returns {SessionState} */
  get state() {
    return this.#state;
  }

  /** @returns {RTCPeerConnection|null} for statistics */
  get peerConnection() {
    return this.#pc;
  }

  /** @returns {string|null} the session URL, once there is one */
  get url() {
    return this.#resource?.url ?? null;
  }

  /** @returns {string} the Link header of the answer */
  get links() {
    return this.#links;
  }

  /** Ends the session on both sides. */
  async stop() {
    await this.#close('stopped');
  }

  /** Looks for a new way to the server at once; happens by itself when the connection is lost. */
  restartIce() {
    this.#restart?.now();
  }

  /**
   * Offers what `prepare` adds to the connection, and applies the answer.
   *
   * @param {(pc: RTCPeerConnection) => void} prepare
   * @throws {SignallingError} when the server refuses
   */
  async open(prepare) {
    if (this.#pc) {
      throw new Error('a session is used once');
    }
    const pc = new RTCPeerConnection({
      bundlePolicy: 'max-bundle',
      rtcpMuxPolicy: 'require',
      iceServers: this.#iceServers,
    });
    this.#pc = pc;
    this.#change('connecting');
    try {
      prepare(pc);
      // A closed connection leaves some of its promises open for ever.
      await Promise.race([this.#negotiate(pc), aborted(this.#abort.signal)]);
    } catch (error) {
      this.#close('failed', error);
      throw error;
    }
  }

  /**
   * The local description is set only after the server has answered: gathering then already knows
   * the STUN and TURN servers that the answer came with (RFC 9725 section 4.6), and a server with
   * ICE-lite needs no candidates to answer.
   */
  async #negotiate(pc) {
    const offer = await pc.createOffer();
    const signal = this.#abort.signal;
    signal.throwIfAborted();
    const created = await SessionResource.create({
      endpoint: this.#endpoint, token: this.#token, offer: offer.sdp,
    });
    if (signal.aborted) {
      await created.resource.end();
      return;
    }
    this.#resource = created.resource;
    this.#links = created.links;
    if (created.iceServers.length > 0) {
      const iceServers = [...this.#iceServers, ...created.iceServers];
      pc.setConfiguration({ ...pc.getConfiguration(), iceServers });
    }
    this.#trickle = new Trickle(offer.sdp, (fragment) => created.resource.trickle(fragment));
    this.#restart = new IceRestart(pc, created.resource, {
      begin: (trickle) => {
        this.#trickle.stop();
        this.#trickle = trickle;
      },
      onState: (state, error) => (FINAL.has(state) ? this.#close(state, error) : this.#change(state)),
    });
    this.#listen(pc, signal);
    await pc.setLocalDescription(offer);
    await pc.setRemoteDescription({ type: 'answer', sdp: created.answer });
    this.#watchTransport(pc, signal);
    this.#trickle.start();
  }

  #listen(pc, signal) {
    pc.addEventListener('icecandidate', (event) => this.#trickle.add(event.candidate), { signal });
    pc.addEventListener('connectionstatechange', () => this.#onConnectionState(pc), { signal });
    window.addEventListener('pagehide', () => this.stop(), { signal });
    window.addEventListener('online', () => this.#onOnline(), { signal });
  }

  #onConnectionState(pc) {
    const wasConnected = this.#state === 'connected' || this.#state === 'reconnecting';
    switch (pc.connectionState) {
      case 'connected':
        this.#restart.cancel();
        this.#change('connected');
        break;
      case 'disconnected':
        if (wasConnected) {
          this.#restart.soon();
        }
        break;
      case 'failed':
        if (wasConnected && pc.iceConnectionState === 'failed') {
          this.#restart.now();
        } else {
          this.#close('failed');
        }
        break;
    }
  }

  #onOnline() {
    if (this.#state === 'reconnecting') {
      this.restartIce();
    }
  }

  // A close_notify of the server: it ended the session in good order.
  #watchTransport(pc, signal) {
    const transport = pc.getTransceivers().map((each) => each.sender.transport).find(Boolean);
    const onState = () => transport.state === 'closed' && this.#close('ended');
    transport?.addEventListener('statechange', onState, { signal });
  }

  async #close(state, error = null) {
    if (FINAL.has(this.#state)) {
      return;
    }
    this.#abort.abort(new DOMException('the session was stopped', 'AbortError'));
    this.#trickle?.stop();
    this.#restart?.cancel();
    this.#change(state, error);
    this.#pc?.close();
    if (state !== 'ended') {
      await this.#resource?.end();
    }
  }

  #change(state, error = null) {
    if (this.#state !== state && !FINAL.has(this.#state)) {
      this.#state = state;
      this.dispatchEvent(new CustomEvent('statechange', { detail: { state, error } }));
    }
  }
}

function aborted(signal) {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
