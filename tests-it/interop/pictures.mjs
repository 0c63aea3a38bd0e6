// A picture that moves and a tone, uncompressed.

/** Frames in I420: a bright bar that wanders over a grey ground. */
export class MovingPicture {
  #count = 0;

  constructor(width, height) {
    this.width = width;
    this.height = height;
  }

  next() {
    const { width, height } = this;
    const luma = width * height;
    const data = new Uint8ClampedArray((luma * 3) / 2).fill(128);
    const left = (this.#count++ * 4) % (width - 32);
    for (let row = 0; row < height; row++) {
      data.fill(235, row * width + left, row * width + left + 32);
    }
    return { width, height, data };
  }
}

/** Pieces of 10 ms, 48 kHz, one channel. */
export class Tone {
  #at = 0;

  next() {
    const wave = (_, i) => 8_000 * Math.sin((2 * Math.PI * 440 * (this.#at + i)) / 48_000);
    const samples = Int16Array.from({ length: 480 }, wave);
    this.#at += samples.length;
    return { samples, sampleRate: 48_000, bitsPerSample: 16, channelCount: 1, numberOfFrames: 480 };
  }
}
