/** Publishes and plays sound with the codecs that a test names, and tells which are used. */
import { WhepClient } from '/js/whep-client.js';
import { WhipClient } from '/js/whip-client.js';

/**
 * @param {string} stream
 * @param {string[]} codecs in order, such as `['audio/red', 'audio/opus']`
 * @returns {Promise<WhipClient>}
 */
export async function publishSound(stream, codecs) {
  const context = new AudioContext();
  const destination = context.createMediaStreamDestination();
  const tone = new OscillatorNode(context, { frequency: 440 });
  tone.connect(destination);
  tone.start();
  await context.resume();
  const client = new WhipClient({ endpoint: `/whip/endpoint/${stream}` });
  await withCodecs(codecs, RTCRtpSender, () => client.publish(destination.stream));
  return client;
}

/** @returns {Promise<WhepClient>} */
export async function playSound(stream, codecs) {
  const client = new WhepClient({ endpoint: `/whep/endpoint/${stream}` });
  const media = await withCodecs(codecs, RTCRtpReceiver, () => client.play({ video: false }));
  const audio = document.createElement('audio');
  audio.srcObject = media;
  document.body.append(audio);
  await audio.play();
  return client;
}

/**
 * What flows. Of RED, browsers name the codec that is within.
 *
 * @returns {Promise<{codec: string, energy: number, packets: number, bytes: number}>}
 */
export async function soundOf(client) {
  const stats = await client.peerConnection.getStats();
  for (const each of stats.values()) {
    if (['inbound-rtp', 'outbound-rtp'].includes(each.type) && each.kind === 'audio') {
      return {
        codec: stats.get(each.codecId)?.mimeType ?? '',
        energy: each.totalAudioEnergy ?? 0,
        packets: each.packetsReceived ?? each.packetsSent ?? 0,
        bytes: each.bytesReceived ?? each.bytesSent ?? 0,
      };
    }
  }
  return { codec: '', energy: 0, packets: 0, bytes: 0 };
}

/** The clients take what the browser prefers: it is told what to prefer meanwhile. */
async function withCodecs(codecs, side, action) {
  const prototype = RTCPeerConnection.prototype;
  const original = prototype.addTransceiver;
  const known = side.getCapabilities('audio').codecs;
  const preferred = codecs.map((name) => known.find(({ mimeType }) => mimeType === name));
  prototype.addTransceiver = function addTransceiver(...wish) {
    const transceiver = original.apply(this, wish);
    transceiver.setCodecPreferences(preferred);
    return transceiver;
  };
  try {
    return await action();
  } finally {
    prototype.addTransceiver = original;
  }
}
