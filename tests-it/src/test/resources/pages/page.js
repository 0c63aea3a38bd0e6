// What a test asks of a page: to start a program, to stop it, and what came of it.

/** Every request of the page: method, status, what it was sent with, what came back. */
const exchanges = [];
const complaints = [];
const video = document.getElementById('video');
let program;

const send = globalThis.fetch;
globalThis.fetch = async (resource, options = {}) => {
  const response = await send(resource, options);
  const sent = new Headers(options.headers);
  exchanges.push({
    method: options.method ?? 'GET',
    status: response.status,
    authorized: sent.has('Authorization'),
    ifMatch: sent.get('If-Match'),
    etag: response.headers.get('ETag'),
    body: String(options.body ?? ''),
  });
  return response;
};

/** All connections that were made. */
const connections = [];
globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...configuration) {
    super(...configuration);
    connections.push(this);
  }
};

/** A sum over what the connections receive of one kind. */
async function received(kind, number) {
  let sum = 0;
  for (const connection of connections) {
    for (const stats of (await connection.getStats()).values()) {
      sum += stats.type === 'inbound-rtp' && stats.kind === kind ? (stats[number] ?? 0) : 0;
    }
  }
  return sum;
}

addEventListener('unhandledrejection', ({ reason }) => complaints.push(String(reason)));
addEventListener('error', ({ message }) => complaints.push(message));

globalThis.page = {
  exchanges,
  complaints,

  async start(name, endpoint, token) {
    const { start } = await import(`./${name}.js`);
    program = await start(endpoint, token, video);
    return 'started';
  },

  async stop() {
    await program.stop();
    return 'stopped';
  },

  async restart() {
    await program.restart();
    return 'restarted';
  },

  /** Pictures decoded so far. */
  frames: () => received('video', 'framesDecoded'),

  /** How loud it is: root mean square over a second. */
  async loudness() {
    const before = await received('audio', 'totalAudioEnergy');
    await new Promise((done) => setTimeout(done, 1_000));
    return Math.sqrt((await received('audio', 'totalAudioEnergy')) - before);
  },
};
document.body.dataset.ready = 'true';
