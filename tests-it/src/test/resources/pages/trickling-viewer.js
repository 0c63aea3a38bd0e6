import { TricklingSession } from './trickling.js';

export async function start(endpoint, token, video) {
  const pc = new RTCPeerConnection();
  pc.addTransceiver('video', { direction: 'recvonly' });
  pc.addTransceiver('audio', { direction: 'recvonly' });
  pc.ontrack = (event) => {
    video.srcObject = event.streams[0];
  };
  const session = new TricklingSession(pc, token);
  await session.open(endpoint);
  return session;
}
