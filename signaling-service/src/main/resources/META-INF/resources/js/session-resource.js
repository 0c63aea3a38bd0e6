import { parseIceServers } from './link-header.js';
import { SignallingError } from './signalling-error.js';

const SDP = 'application/sdp';
const FRAGMENT = 'application/trickle-ice-sdpfrag';

/**
 * One session on a WHIP or WHEP server, as HTTP sees it: made by POST, told of ICE by PATCH, ended
 * by DELETE. It knows the session URL and the entity-tag, and nothing of media.
 */
export class SessionResource {
  #url;
  #entityTag;
  #token;

  constructor(url, entityTag, token) {
    this.#url = url;
    this.#entityTag = entityTag;
    this.#token = token;
  }

  /**
   * Offers media to an endpoint (RFC 9725 section 4.2).
   *
   * @param {{endpoint: string, token?: string, offer: string}} request
   * @returns {Promise<{resource: SessionResource, answer: string, iceServers: RTCIceServer[], links: string}>}
   *     `links` is the Link header, as `link-header.js` reads it
   */
  static async create({ endpoint, token = '', offer }) {
    const response = await request(endpoint, {
      method: 'POST',
      headers: { 'Content-Type': SDP, Accept: SDP, ...authorization(token) },
      body: offer,
    });
    if (response.status !== 201) {
      throw await SignallingError.from(response);
    }
    const location = response.headers.get('Location');
    if (!location) {
      throw new SignallingError({
        status: response.status,
        title: 'No session URL',
        detail: 'The response has no Location header, or the page is not allowed to read it.',
      });
    }
    const resource = new SessionResource(sessionUrl(location, response.url), response.headers.get('ETag'), token);
    const links = response.headers.get('Link') ?? '';
    return { resource, answer: await response.text(), iceServers: parseIceServers(links), links };
  }

  get url() {
    return this.#url;
  }

  get entityTag() {
    return this.#entityTag;
  }

  /** Tells the server of more candidates (RFC 9725 section 4.3.2). */
  async trickle(fragment) {
    const condition = this.#entityTag ? { 'If-Match': this.#entityTag } : {};
    await this.#patch(fragment, condition);
  }

  /**
   * Asks for an ICE restart (RFC 9725 section 4.3.3).
   *
   * @param {string} fragment with new credentials
   * @returns {Promise<string>} the fragment of the server
   */
  async restart(fragment) {
    const response = await this.#patch(fragment, { 'If-Match': '*' });
    if (response.status !== 200) {
      throw new SignallingError({
        status: response.status,
        title: 'ICE restart not answered',
        detail: 'The server took the request without offering new ICE credentials.',
      });
    }
    this.#entityTag = response.headers.get('ETag') ?? this.#entityTag;
    return response.text();
  }

  /**
   * Ends the session. The request outlives the page, so that a closed tab leaves nothing behind.
   * Failure is no concern of the caller: a server notices by itself that nobody is there any more.
   */
  async end() {
    try {
      await fetch(this.#url, {
        method: 'DELETE',
        headers: authorization(this.#token),
        keepalive: true,
      });
    } catch {
      // The server is out of reach.
    }
  }

  async #patch(fragment, condition) {
    const response = await request(this.#url, {
      method: 'PATCH',
      headers: { 'Content-Type': FRAGMENT, ...condition, ...authorization(this.#token) },
      body: fragment,
    });
    if (!response.ok) {
      throw await SignallingError.from(response);
    }
    return response;
  }
}

/**
 * A server behind a TLS proxy that it was not told of names its session by http. The page came by
 * https and may not go there, so the proxy is asked the same way as for the endpoint.
 */
export function sessionUrl(location, endpoint) {
  const url = new URL(location, endpoint);
  const asked = new URL(endpoint);
  if (asked.protocol === 'https:' && url.protocol === 'http:' && url.hostname === asked.hostname) {
    url.protocol = 'https:';
    url.port = asked.port;
  }
  return url.href;
}

function authorization(token) {
  return token ? { Authorization: `Bearer ${token}` } : {};
}

/** Without cookies and passwords of the browser's own, which would ask for some at a 401. */
async function request(url, options) {
  try {
    return await fetch(url, { credentials: 'omit', ...options });
  } catch (cause) {
    throw SignallingError.unreachable(cause);
  }
}
