const WIDTH = 1280;
const HEIGHT = 720;
const FRAMES_PER_SECOND = 30;
const BARS = ['#c8ccd0', '#c9bf4e', '#4fb8c4', '#54a868', '#b565b0', '#bf5550', '#4c66b8'];
const BALL_RADIUS = 46;

/**
 * A picture that shows at a glance whether video works: colour bars for the colours, a clock with
 * milliseconds for the delay, a bouncing ball for smoothness, a frame count for what is missing.
 */
export class TestPicture {
  #canvas = document.createElement('canvas');
  #context;
  #ticker = new Worker(new URL('./ticker-worker.js', import.meta.url));
  #title;
  #onSecond;
  #second = -1;
  #count = 0;
  #track;
  #writer = null;

  /**
   * @param {string} title shown in the picture
   * @param {() => void} onSecond called as a new second begins
   */
  constructor(title, onSecond) {
    this.#title = title;
    this.#onSecond = onSecond;
    this.#canvas.width = WIDTH;
    this.#canvas.height = HEIGHT;
    this.#context = this.#canvas.getContext('2d', { alpha: false });
    this.#track = this.#makeTrack();
    this.#track.contentHint = 'motion';
    this.#ticker.addEventListener('message', () => this.#tick());
    this.#ticker.postMessage({ intervalMillis: 1000 / FRAMES_PER_SECOND });
  }

  get track() {
    return this.#track;
  }

  stop() {
    this.#ticker.terminate();
    this.#track.stop();
  }

  // A canvas gives no frames while its page is in the background; a track generator does.
  #makeTrack() {
    if ('MediaStreamTrackGenerator' in window) {
      const generator = new MediaStreamTrackGenerator({ kind: 'video' });
      this.#writer = generator.writable.getWriter();
      return generator;
    }
    return this.#canvas.captureStream(FRAMES_PER_SECOND).getVideoTracks()[0];
  }

  #tick() {
    const millis = performance.timeOrigin + performance.now();
    this.#draw(new Date(millis));
    this.#count++;
    const second = Math.floor(millis / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#onSecond();
    }
    this.#emit();
  }

  #emit() {
    if (!this.#writer || this.#track.readyState !== 'live' || this.#writer.desiredSize < 0) {
      return;
    }
    const frame = new VideoFrame(this.#canvas, { timestamp: Math.round(performance.now() * 1000) });
    this.#writer.write(frame).catch(() => frame.close());
  }

  #draw(now) {
    this.#drawBars();
    this.#drawBall();
    this.#drawClock(now);
  }

  #drawBars() {
    const width = WIDTH / BARS.length;
    BARS.forEach((colour, index) => {
      this.#fill(colour, Math.floor(index * width), 0, Math.ceil(width), HEIGHT);
    });
    this.#fill('#16191d', 0, HEIGHT * 0.62, WIDTH, HEIGHT * 0.38);
    for (let step = 0; step < 16; step++) {
      const level = Math.round((step * 255) / 15);
      this.#fill(`rgb(${level} ${level} ${level})`, (step * WIDTH) / 16, HEIGHT * 0.56, WIDTH / 16, HEIGHT * 0.06);
    }
  }

  #drawBall() {
    const context = this.#context;
    const x = bounce(this.#count * 7, WIDTH - 2 * BALL_RADIUS) + BALL_RADIUS;
    const y = bounce(this.#count * 5, HEIGHT * 0.56 - 2 * BALL_RADIUS) + BALL_RADIUS;
    context.beginPath();
    context.arc(x, y, BALL_RADIUS, 0, 2 * Math.PI);
    context.fillStyle = '#ffffff';
    context.fill();
    context.lineWidth = 8;
    context.strokeStyle = '#16191d';
    context.stroke();
  }

  #drawClock(now) {
    const context = this.#context;
    const top = HEIGHT * 0.62;
    context.fillStyle = '#ffffff';
    context.textAlign = 'center';
    context.textBaseline = 'alphabetic';
    context.font = '600 118px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace';
    context.fillText(clockText(now), WIDTH / 2, top + 140);
    context.font = '500 34px system-ui, sans-serif';
    context.fillStyle = '#a9b3bd';
    context.textAlign = 'left';
    context.fillText(this.#title, 60, top + 222, WIDTH * 0.6);
    context.textAlign = 'right';
    context.fillText(`frame ${this.#count}`, WIDTH - 60, top + 222);
    // Full in the beginning of a second, as the tone ticks.
    this.#fill('#2dd4bf', 0, HEIGHT - 12, WIDTH * (1 - now.getMilliseconds() / 1000), 12);
  }

  #fill(colour, x, y, width, height) {
    this.#context.fillStyle = colour;
    this.#context.fillRect(x, y, width, height);
  }
}

function bounce(distance, length) {
  const position = distance % (2 * length);
  return position < length ? position : 2 * length - position;
}

function clockText(now) {
  const two = (number) => String(number).padStart(2, '0');
  const millis = String(now.getMilliseconds()).padStart(3, '0');
  return `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}.${millis}`;
}
