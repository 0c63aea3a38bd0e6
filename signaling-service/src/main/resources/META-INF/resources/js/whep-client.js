import { PeerSession } from './peer-session.js';

/**
 * Plays a stream from a WHEP server (draft-ietf-wish-whep).
 *
 * ```js
 * const client = new WhepClient({ endpoint: '/whep/endpoint/demo' });
 * video.srcObject = await client.play();
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
}
