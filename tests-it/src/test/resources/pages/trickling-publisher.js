import { camera } from './camera.js';
import { TricklingSession } from './trickling.js';

export async function start(endpoint, token) {
  const pc = new RTCPeerConnection();
  const stream = await camera();
  stream.getTracks().forEach((track) => pc.addTrack(track, stream));
  const session = new TricklingSession(pc, token);
  await session.open(endpoint);
  return session;
}
