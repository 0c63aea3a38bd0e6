import { WHIPClient } from '/npm/whip-whep/whip.js';
import { camera } from './camera.js';

export async function start(endpoint, token) {
  const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  const stream = await camera();
  for (const track of stream.getTracks()) {
    pc.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
  }
  const client = new WHIPClient();
  await client.publish(pc, endpoint, token);
  return client;
}
