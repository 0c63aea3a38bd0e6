// libwebrtc outside of a browser. It trickles its candidates, and can restart ICE.
//
//   node libwebrtc.mjs publish|watch ENDPOINT [TOKEN]

import wrtc from '@roamhq/wrtc';
import { Session, obey, tell, versionOf } from './signalling.mjs';
import { Tone, MovingPicture } from './pictures.mjs';

const [role, endpoint, token] = process.argv.slice(2);
const FRAGMENT_END = 'a=end-of-candidates\r\n';

tell('version', { text: versionOf('@roamhq/wrtc') });

const peer = new wrtc.RTCPeerConnection({ bundlePolicy: 'max-bundle' });
const session = new Session(token);
const sinks = [];
let credentials = '';
let patches = Promise.resolve();

peer.onconnectionstatechange = () => tell('state', { is: peer.connectionState });
const end = role === 'publish' ? publish() : watch();

const offer = await peer.createOffer();
credentials = credentialsOf(offer.sdp);
const answer = await session.post(endpoint, offer.sdp);
// Candidates only come now, so that each of them is a PATCH.
peer.onicecandidate = ({ candidate }) => {
  const line = candidate ? `a=${candidate.candidate}\r\n` : FRAGMENT_END;
  const fragment = `${credentials}m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n${line}`;
  patches = patches.then(() => session.patch(fragment));
};
await peer.setLocalDescription(offer);
await peer.setRemoteDescription({ type: 'answer', sdp: answer });

await obey({
  /** New credentials on both sides (RFC 9725 section 4.3.3). */
  async restart() {
    await patches;
    peer.onicecandidate = null;
    const fresh = await peer.createOffer({ iceRestart: true });
    credentials = credentialsOf(fresh.sdp);
    await peer.setLocalDescription(fresh);
    const { status, body } = await session.patch(credentials, '*');
    const remote = peer.remoteDescription.sdp
      .replaceAll(/a=ice-ufrag:.*/g, body.match(/a=ice-ufrag:.*/)[0].trim())
      .replaceAll(/a=ice-pwd:.*/g, body.match(/a=ice-pwd:.*/)[0].trim());
    await peer.setRemoteDescription({ type: 'answer', sdp: remote });
    tell('restarted', { status });
  },
  async stop() {
    end();
    sinks.forEach((sink) => sink.stop());
    peer.close();
    await session.delete();
    process.exit(0);
  },
});

function credentialsOf(sdp) {
  return `${sdp.match(/a=ice-ufrag:.*/)[0].trim()}\r\n${sdp.match(/a=ice-pwd:.*/)[0].trim()}\r\n`;
}

function publish() {
  const picture = new MovingPicture(320, 240);
  const tone = new Tone();
  const videoSource = new wrtc.nonstandard.RTCVideoSource();
  const audioSource = new wrtc.nonstandard.RTCAudioSource();
  const stream = new wrtc.MediaStream();
  for (const source of [audioSource, videoSource]) {
    peer.addTransceiver(source.createTrack(), { direction: 'sendonly', streams: [stream] });
  }
  const timers = [
    setInterval(() => videoSource.onFrame(picture.next()), 33),
    setInterval(() => audioSource.onData(tone.next()), 10),
  ];
  return () => timers.forEach(clearInterval);
}

function watch() {
  const counts = { frames: 0, samples: 0, loud: 0 };
  peer.ontrack = ({ track }) => {
    if (track.kind === 'video') {
      const sink = new wrtc.nonstandard.RTCVideoSink(track);
      sink.onframe = () => counts.frames++;
      sinks.push(sink);
    } else {
      const sink = new wrtc.nonstandard.RTCAudioSink(track);
      sink.ondata = ({ samples }) => {
        counts.samples += samples.length;
        counts.loud += samples.some((sample) => Math.abs(sample) > 300) ? 1 : 0;
      };
      sinks.push(sink);
    }
  };
  peer.addTransceiver('audio', { direction: 'recvonly' });
  peer.addTransceiver('video', { direction: 'recvonly' });
  const timer = setInterval(() => tell('media', counts), 500);
  return () => clearInterval(timer);
}
