import { WHEPClient } from '/npm/whip-whep/whep.js';

export async function start(endpoint, token, video) {
  const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  pc.addTransceiver('audio', { direction: 'recvonly' });
  pc.addTransceiver('video', { direction: 'recvonly' });
  pc.ontrack = (event) => {
    video.srcObject = event.streams[0];
  };
  const client = new WHEPClient();
  await client.view(pc, endpoint, token);
  return client;
}
