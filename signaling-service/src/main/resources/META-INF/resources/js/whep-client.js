import { PeerSession } from './peer-session.js';
import { WhepExtensions } from './whep-extensions.js';

/**
 * Plays a stream from a WHEP server (draft-ietf-wish-whep).
 *
 * ```js
 * const client = new WhepClient({ endpoint: '/whep/endpoint/demo' });
 * video.srcObject = await client.play();
 * const events = await client.events(['active', 'inactive', 'layers', 'viewercount', 'reconnect']);
 * events?.addEventListener('layers', ({ data }) => console.log(JSON.parse(data)));
 * await client.selectLayer({ rid: 'l' });
 * await client.stop();
 * ```
 *
 * `play` fails with status 409 and `retryAfterSeconds` while nobody publishes the stream. A client
 * plays once; make another one to play again.
 */
export class WhepClient extends PeerSession {
  /**
   * @param {{audio?: boolean, video?: boolean}} [wish] what to ask for
   * @returns {Promise<MediaStream>} when the answer is applied; media flows a little later
   * @throws {import('./signalling-error.js').SignallingError}
   */
  async play({ audio = true, video = true } = {}) {
    const stream = new MediaStream();
    await this.open((pc) => {
      pc.addEventListener('track', (event) => stream.addTrack(event.track));
      if (audio) {
        pc.addTransceiver('audio', { direction: 'recvonly' });
      }
      if (video) {
        pc.addTransceiver('video', { direction: 'recvonly' });
      }
    });
    return stream;
  }

  /**
   * Opens a stream of events about what is played. It ends with the session.
   *
   * @param {string[]} names
   * @returns {Promise<EventSource|null>} null when the server has none of these events
   * @throws {import('./signalling-error.js').SignallingError}
   */
  async events(names) {
    const source = await this.#extensions().events(names);
    this.addEventListener('statechange', ({ detail }) => {
      if (['ended', 'failed', 'stopped'].includes(detail.state)) {
        source?.close();
      }
    });
    return source;
  }

  /** @returns {boolean} whether the server lets the quality of the picture be chosen */
  get canSelectLayer() {
    return this.#extensions().canSelectLayer;
  }

  /**
   * Asks for a quality of the picture, as the event `layers` lists them; `{}` leaves it to the server.
   *
   * @param {{mediaId?: string, rid?: string, spatialLayerId?: number, temporalLayerId?: number,
   *     maxSpatialLayerId?: number, maxTemporalLayerId?: number, maxWidth?: number, maxHeight?: number}} choice
   * @throws {import('./signalling-error.js').SignallingError}
   */
  async selectLayer(choice) {
    await this.#extensions().selectLayer(choice);
  }

  #extensions() {
    return new WhepExtensions(this.links, this.url);
  }
}
