/** Publishes a moving picture in layers, for tests of what viewers get of it. */
import { WhipClient } from '/js/whip-client.js';

// The least that libvpx cuts into three spatial layers: 240 x 135 is the smallest that it takes.
const WIDTH = 960;
const HEIGHT = 540;
const FRAMES_PER_SECOND = 15;

/**
 * @param {string} stream
 * @param {string} codec such as `VP9`
 * @param {string} scalabilityMode such as `L3T3`
 * @returns {Promise<WhipClient>}
 */
export async function publishLayers(stream, codec, scalabilityMode) {
  const client = new WhipClient({ endpoint: `/whip/endpoint/${stream}` });
  const media = new MediaStream([movingPicture()]);
  await client.publish(media, { videoCodec: codec, scalabilityMode, maxBitrate: 2_500_000 });
  return client;
}

function movingPicture() {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d', { alpha: false });
  // A canvas in a window that is not seen gives no frames; a track generator does.
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  const writer = track.writable.getWriter();
  const ticker = new Worker('/js/ticker-worker.js');
  let count = 0;
  ticker.addEventListener('message', () => {
    draw(context, count++);
    if (writer.desiredSize >= 0) {
      writer.write(new VideoFrame(canvas, { timestamp: Math.round(performance.now() * 1000) }));
    }
  });
  ticker.postMessage({ intervalMillis: 1000 / FRAMES_PER_SECOND });
  globalThis.ticker = ticker;
  return track;
}

function draw(context, count) {
  for (let i = 0; i < 12; i++) {
    context.fillStyle = `hsl(${(count * 3 + i * 30) % 360} 70% 50%)`;
    context.fillRect(i * (WIDTH / 12), 0, WIDTH / 12, HEIGHT);
  }
  context.fillStyle = 'white';
  context.fillRect((count * 24) % WIDTH, (count * 11) % HEIGHT, 80, 80);
}
