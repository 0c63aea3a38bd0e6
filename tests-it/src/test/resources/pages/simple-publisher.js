// The publisher that every tutorial begins with: tracks by addTrack, so that the offer says sendrecv, one POST, no
// trickle, the Location used as it is.
import { camera } from './camera.js';

export async function start(endpoint, token) {
  const pc = new RTCPeerConnection();
  const stream = await camera();
  stream.getTracks().forEach((track) => pc.addTrack(track, stream));

  const offer = await pc.createOffer();
  await pc.setLocalDescription(offer);

  const headers = { 'Content-Type': 'application/sdp' };
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  const response = await fetch(endpoint, { method: 'POST', headers, body: offer.sdp });
  if (response.status !== 201) {
    throw new Error(`WHIP failed: ${response.status}`);
  }
  const location = response.headers.get('Location');
  await pc.setRemoteDescription({ type: 'answer', sdp: await response.text() });

  return {
    async stop() {
      const authorization = token ? { Authorization: `Bearer ${token}` } : {};
      await fetch(location, { method: 'DELETE', headers: authorization });
      pc.close();
    },
  };
}
