// A session that posts its offer at once and then each candidate with a PATCH of its own: no m-line in the fragment, a
// new entity-tag only if one comes, no Authorization on the last PATCH and on DELETE.

export class TricklingSession {
  constructor(pc, token) {
    this.pc = pc;
    this.token = token;
    this.location = null;
    this.etag = null;
    this.pending = [];
    pc.onicecandidate = (event) => {
      if (this.location === null) {
        this.pending.push(event.candidate);
      } else {
        this.trickle(event.candidate);
      }
    };
  }

  async open(endpoint) {
    const offer = await this.pc.createOffer();
    await this.pc.setLocalDescription(offer);

    const headers = { 'Content-Type': 'application/sdp' };
    if (this.token) {
      headers.Authorization = `Bearer ${this.token}`;
    }
    const response = await fetch(endpoint, { method: 'POST', headers, body: offer.sdp });
    if (!response.ok) {
      throw new Error(`POST failed: ${response.status}`);
    }
    this.location = response.headers.get('Location');
    this.etag = response.headers.get('ETag');
    await this.pc.setRemoteDescription({ type: 'answer', sdp: await response.text() });

    for (const candidate of this.pending) {
      await this.trickle(candidate);
    }
    this.pending = [];
  }

  async trickle(candidate) {
    const sdp = this.pc.localDescription.sdp;
    const ufrag = sdp.match(/a=ice-ufrag:(.*)/)[1].trim();
    const pwd = sdp.match(/a=ice-pwd:(.*)/)[1].trim();
    const line = candidate ? `a=${candidate.candidate}` : 'a=end-of-candidates';
    const headers = { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': this.etag };
    if (this.token && candidate) {
      headers.Authorization = `Bearer ${this.token}`;
    }
    const response = await fetch(this.location, {
      method: 'PATCH',
      headers,
      body: `a=ice-ufrag:${ufrag}\r\na=ice-pwd:${pwd}\r\n${line}\r\n`,
    });
    if (response.headers.get('ETag')) {
      this.etag = response.headers.get('ETag');
    }
    if (response.status !== 200 && response.status !== 204) {
      throw new Error(`PATCH failed: ${response.status}`);
    }
  }

  async stop() {
    this.pc.close();
    await fetch(this.location, { method: 'DELETE' });
  }
}
