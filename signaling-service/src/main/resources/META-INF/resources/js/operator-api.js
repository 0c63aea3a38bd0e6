/** The API of operators, as api/v1/openapi.json describes it. */
export class OperatorApi {
  #token;
  #fetch;

  /**
   * @param {() => string} token empty for none
   * @param {typeof fetch} [send]
   */
  constructor(token, send = (...args) => fetch(...args)) {
    this.#token = token;
    this.#fetch = send;
  }

  async nodes() {
    return (await this.#send('GET', 'nodes')).nodes;
  }

  async streams() {
    return (await this.#send('GET', 'streams')).streams;
  }

  /** @returns {Promise<{sessions: object[], total: number}>} */
  sessions(stream, state) {
    const query = new URLSearchParams({ limit: '200' });
    if (stream) {
      query.set('stream', stream);
    }
    if (state) {
      query.set('state', state);
    }
    return this.#send('GET', `sessions?${query}`);
  }

  async revocations() {
    return (await this.#send('GET', 'revocations')).revocations;
  }

  /** @param {string} within seconds until the node ends at the latest, or `never` */
  drain(node, within) {
    return this.#send('POST', `nodes/${encodeURIComponent(node)}/drain?within=${encodeURIComponent(within)}`);
  }

  takeSessions(node) {
    return this.#send('DELETE', `nodes/${encodeURIComponent(node)}/drain`);
  }

  endStream(stream) {
    return this.#send('DELETE', `streams/${encodeURIComponent(stream)}`);
  }

  endSession(id) {
    return this.#send('DELETE', `sessions/${encodeURIComponent(id)}`);
  }

  revoke(kind, value, seconds) {
    return this.#send('POST', 'revocations', { [kind]: value, seconds });
  }

  giveBack(id) {
    return this.#send('DELETE', `revocations/${encodeURIComponent(id)}`);
  }

  async #send(method, path, body) {
    const headers = {};
    const token = this.#token();
    if (token) {
      headers.Authorization = `Bearer ${token}`;
    }
    if (body) {
      headers['Content-Type'] = 'application/json';
    }
    const response = await this.#fetch(`api/v1/${path}`, { method, headers, body: body && JSON.stringify(body), cache: 'no-store' });
    const text = await response.text();
    if (!response.ok) {
      throw new OperatorError(response.status, detail(text) ?? `the server answers ${response.status}`);
    }
    return text ? JSON.parse(text) : {};
  }
}

/** The server did not do what was asked. */
export class OperatorError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }

  /** Whether other credentials might help. */
  get isRefusal() {
    return this.status === 401 || this.status === 403;
  }
}

function detail(text) {
  try {
    return JSON.parse(text).detail;
  } catch {
    return undefined;
  }
}
