import { offeredCodecs, videoEncodings } from './encodings.js';
import { PeerSession } from './peer-session.js';

/**
 * Publishes a MediaStream to a WHIP server (RFC 9725).
 *
 * ```js
 * const client = new WhipClient({ endpoint: '/whip/endpoint/demo' });
 * client.addEventListener('statechange', (event) => console.log(event.detail.state));
 * await client.publish(await navigator.mediaDevices.getUserMedia({ audio: true, video: true }));
 * await client.stop();
 * ```
 *
 * A client publishes once; make another one to publish again. The stream stays the caller's.
 */
export class WhipClient extends PeerSession {
  /**
   * @param {MediaStream} stream at most one audio and one video track
   * @param {object} [wish]
   * @param {string} [wish.videoCodec] such as `H264`; the only one offered, the browser's when empty
   * @param {number} [wish.maxBitrate] of the video, in bit/s
   * @param {boolean} [wish.simulcast] three layers of the video
   * @param {string} [wish.scalabilityMode] layers within one stream of video, such as `L3T3` for VP9
   * @returns {Promise<void>} when the answer is applied; the connection comes about after that
   * @throws {import('./signalling-error.js').SignallingError}
   */
  async publish(stream, { videoCodec = '', maxBitrate = 0, simulcast = false, scalabilityMode = '' } = {}) {
    await this.open((pc) => {
      for (const track of [...stream.getAudioTracks(), ...stream.getVideoTracks()]) {
        const isVideo = track.kind === 'video';
        const transceiver = pc.addTransceiver(track, {
          direction: 'sendonly',
          streams: [stream],
          sendEncodings: isVideo ? videoEncodings({ maxBitrate, simulcast, scalabilityMode }) : [{}],
        });
        if (isVideo && videoCodec) {
          preferCodec(transceiver, videoCodec);
        }
      }
    });
  }
}

function preferCodec(transceiver, name) {
  const codecs = offeredCodecs(RTCRtpSender.getCapabilities('video').codecs, name);
  if (codecs.length === 0) {
    throw new DOMException(`This browser cannot send ${name}.`, 'NotSupportedError');
  }
  transceiver.setCodecPreferences(codecs);
}
