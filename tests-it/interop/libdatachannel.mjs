// libdatachannel, OBS Studio's WebRTC stack, used as OBS uses it: no candidates in the offer and none later,
// NACK answered on the same SSRC, the peer closed before the DELETE.
//
//   node libdatachannel.mjs publish|watch ENDPOINT [TOKEN]

import { accessUnits, opusPackets } from './ffmpeg.mjs';
import rtc from 'node-datachannel';
import { Session, obey, tell, versionOf, wait } from './signalling.mjs';

const [role, endpoint, token] = process.argv.slice(2);
const AUDIO = { mid: '0', payloadType: 111, ssrc: 4201, clockRate: 48_000 };
const VIDEO = { mid: '1', payloadType: 96, ssrc: 4202, clockRate: 90_000 };

tell('version', { text: `${rtc.getLibraryVersion()}/node-datachannel-${versionOf('node-datachannel')}` });
rtc.initLogger('Warning', (level, message) => process.stderr.write(`${level} ${message}\n`));

const peer = new rtc.PeerConnection('interop', { iceServers: [], disableAutoNegotiation: true });
const session = new Session(token);
peer.onStateChange((state) => tell('state', { is: state }));

const direction = role === 'publish' ? 'SendOnly' : 'RecvOnly';
const audio = new rtc.Audio(AUDIO.mid, direction);
audio.addOpusCodec(AUDIO.payloadType);
const video = new rtc.Video(VIDEO.mid, direction);
if (role === 'publish') {
  audio.addSSRC(AUDIO.ssrc, 'interop', 'interop', 'interop-audio');
  video.addH264Codec(VIDEO.payloadType);
  video.addSSRC(VIDEO.ssrc, 'interop', 'interop', 'interop-video');
} else {
  video.addVP8Codec(VIDEO.payloadType);
  video.addH264Codec(VIDEO.payloadType + 1);
}
const audioTrack = peer.addTrack(audio);
const videoTrack = peer.addTrack(video);
const stop = role === 'publish' ? publish() : watch();

const offered = new Promise((done) => peer.onLocalDescription((sdp) => done(sdp)));
peer.setLocalDescription('offer');
const offer = await offered;
const answer = await session.post(endpoint, offer);
peer.setRemoteDescription(answer, 'answer');

await obey({
  async stop() {
    stop();
    const closed = new Promise((done) => peer.onStateChange((state) => state === 'closed' && done()));
    peer.close();
    await closed;
    await wait(200);
    await session.delete();
    process.exit(0);
  },
});

/** One frame is one message; the packetizer, the sender reports and the answers to NACK are the library's. */
function publish() {
  const audioConfig = new rtc.RtpPacketizationConfig(AUDIO.ssrc, 'interop', AUDIO.payloadType, AUDIO.clockRate);
  const audioChain = new rtc.RtpPacketizer(audioConfig);
  const videoConfig = new rtc.RtpPacketizationConfig(VIDEO.ssrc, 'interop', VIDEO.payloadType, VIDEO.clockRate);
  const videoChain = new rtc.H264RtpPacketizer('LongStartSequence', videoConfig);
  for (const [track, chain, config] of [
    [audioTrack, audioChain, audioConfig],
    [videoTrack, videoChain, videoConfig],
  ]) {
    chain.addToChain(new rtc.RtcpSrReporter(config));
    chain.addToChain(new rtc.RtcpNackResponder());
    track.setMediaHandler(chain);
  }
  const stopAudio = opusPackets((packet, timestamp) => {
    if (audioTrack.isOpen()) {
      audioConfig.timestamp = timestamp;
      audioTrack.sendMessageBinary(packet);
    }
  });
  let frames = 0;
  const stopVideo = accessUnits((unit) => {
    if (videoTrack.isOpen()) {
      videoConfig.timestamp = (frames++ * 3_000) >>> 0;
      videoTrack.sendMessageBinary(unit);
    }
  });
  return () => {
    stopAudio();
    stopVideo();
  };
}

function watch() {
  const counts = { audio: 0, video: 0, bytes: 0, frames: 0 };
  audioTrack.setMediaHandler(new rtc.RtcpReceivingSession());
  videoTrack.setMediaHandler(new rtc.RtcpReceivingSession());
  audioTrack.onMessage((packet) => {
    counts.audio++;
    counts.bytes += packet.length;
  });
  videoTrack.onMessage((packet) => {
    counts.video++;
    counts.bytes += packet.length;
    counts.frames += packet[1] >> 7;
  });
  videoTrack.onOpen(() => videoTrack.requestKeyframe());
  const timer = setInterval(() => tell('media', counts), 500);
  return () => clearInterval(timer);
}
