/**
 * A WHIP and WHEP server inside the page: takes the place of fetch, and answers with connections of
 * its own. Good for one stream.
 */
export class LoopbackServer {
  requests = [];
  /** The Link header of the next answers. */
  link = null;
  #fetch = window.fetch;
  #sessions = new Map();
  #refusal = null;
  #arrivals = new EventTarget();

  constructor() {
    window.fetch = (url, options) => this.#handle(String(url), options);
  }

  /** Restores fetch and closes what is open. */
  close() {
    window.fetch = this.#fetch;
    this.#sessions.forEach(({ pc }) => pc.close());
  }

  /** The next requests with the method get this response. */
  refuse(method, response) {
    this.#refusal = { method, response };
  }

  /** The server's end of the only session. */
  get peer() {
    return [...this.#sessions.values()].at(-1).pc;
  }

  requestsBy(method) {
    return this.requests.filter((request) => request.method === method);
  }

  /** The first request with the method, when there is one. */
  async firstBy(method) {
    if (this.requestsBy(method).length === 0) {
      await new Promise((resolve) => this.#arrivals.addEventListener(method, resolve, { once: true }));
    }
    return this.requestsBy(method)[0];
  }

  async #handle(url, { method, headers, body = '' }) {
    this.requests.push({ method, url, headers: new Headers(headers), body });
    this.#arrivals.dispatchEvent(new Event(method));
    if (this.#refusal?.method === method) {
      return this.#refusal.response.clone();
    }
    switch (method) {
      case 'POST':
        return this.#create(url, body);
      case 'PATCH':
        return headers['If-Match'] === '*' ? this.#restart(url, body) : this.#trickle(url, body);
      default:
        return this.#end(url);
    }
  }

  async #create(url, offer) {
    const pc = new RTCPeerConnection();
    const path = `/loopback/${this.#sessions.size + 1}`;
    this.#sessions.set(new URL(path, document.baseURI).href, { pc, offer });
    await pc.setRemoteDescription({ type: 'offer', sdp: offer });
    if (offer.includes('a=recvonly')) {
      pc.getTransceivers().forEach((each) => (each.direction = 'sendonly'));
    }
    const answer = await this.#answer(pc);
    const links = this.link ? { Link: this.link } : {};
    const headers = { Location: path, ETag: '"first"', ...links };
    const response = new Response(answer, { status: 201, headers });
    return Object.defineProperty(response, 'url', { value: url });
  }

  async #trickle(url, fragment) {
    const { pc } = this.#sessions.get(url);
    for (const [, candidate] of fragment.matchAll(/^a=(candidate:.*)\r$/gm)) {
      await pc.addIceCandidate({ candidate, sdpMLineIndex: 0 });
    }
    return new Response(null, { status: 204 });
  }

  async #restart(url, fragment) {
    const session = this.#sessions.get(url);
    for (const name of ['ice-ufrag', 'ice-pwd']) {
      const value = fragment.match(new RegExp(`^a=${name}:(.*)\r$`, 'm'))[1];
      session.offer = session.offer.replace(new RegExp(`^a=${name}:.*\r$`, 'gm'), () => `a=${name}:${value}\r`);
    }
    await session.pc.setRemoteDescription({ type: 'offer', sdp: session.offer });
    const answer = await this.#answer(session.pc);
    await this.#trickle(url, fragment);
    const lines = answer.split('\r\n').filter((line) => /^a=(ice-|candidate:)/.test(line));
    return new Response(`${lines.join('\r\n')}\r\n`, { status: 200, headers: { ETag: '"second"' } });
  }

  #end(url) {
    this.#sessions.get(url)?.pc.close();
    return new Response(null, { status: 200 });
  }

  async #answer(pc) {
    await pc.setLocalDescription(await pc.createAnswer());
    while (pc.iceGatheringState !== 'complete') {
      await new Promise((resolve) => pc.addEventListener('icegatheringstatechange', resolve, { once: true }));
    }
    return pc.localDescription.sdp;
  }
}
