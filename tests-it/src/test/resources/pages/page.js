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
  frames: () => video.getVideoPlaybackQuality().totalVideoFrames,

  /** How loud it is: root mean square over a second. */
  async loudness() {
    const audio = new AudioContext();
    await audio.resume();
    const analyser = audio.createAnalyser();
    audio.createMediaStreamSource(video.srcObject).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let energy = 0;
    for (let round = 0; round < 20; round++) {
      await new Promise((done) => setTimeout(done, 50));
      analyser.getFloatTimeDomainData(samples);
      energy += samples.reduce((sum, it) => sum + it * it, 0) / samples.length;
    }
    await audio.close();
    return Math.sqrt(energy / 20);
  },
};
document.body.dataset.ready = 'true';
