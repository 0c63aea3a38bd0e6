// The trickling publisher, and how it restarts ICE: new credentials for those of the answer.
import { camera } from './camera.js';
import { TricklingSession } from './trickling.js';

class RestartingSession extends TricklingSession {
  async restart() {
    this.pc.onicecandidate = null;
    const offer = await this.pc.createOffer({ iceRestart: true });
    await this.pc.setLocalDescription(offer);
    const response = await fetch(this.location, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*' },
      body: credentials(offer.sdp).join('\r\n') + '\r\n',
    });
    if (response.status !== 200) {
      throw new Error(`restart failed: ${response.status}`);
    }
    const [ufrag, pwd] = credentials(await response.text());
    const sdp = this.pc.remoteDescription.sdp
      .replaceAll(/a=ice-ufrag:.*/g, ufrag)
      .replaceAll(/a=ice-pwd:.*/g, pwd);
    await this.pc.setRemoteDescription({ type: 'answer', sdp });
  }
}

const credentials = (sdp) => ['ice-ufrag', 'ice-pwd'].map((name) => sdp.match(new RegExp(`a=${name}:[^\\r\\n]*`))[0]);

export async function start(endpoint, token) {
  const pc = new RTCPeerConnection();
  const stream = await camera();
  stream.getTracks().forEach((track) => pc.addTrack(track, stream));
  const session = new RestartingSession(pc, token);
  await session.open(endpoint);
  return session;
}
