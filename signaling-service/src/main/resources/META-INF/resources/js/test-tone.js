/** A soft chord that swells slowly, with a tick that tells the second: sound for the test picture. */
export class TestTone {
  #audio = new AudioContext();
  #out = this.#audio.createMediaStreamDestination();

  constructor() {
    const swell = this.#audio.createGain();
    swell.gain.value = 0.03;
    const slow = this.#oscillator(0.2);
    const depth = this.#audio.createGain();
    depth.gain.value = 0.015;
    slow.connect(depth).connect(swell.gain);
    for (const frequency of [220, 277.18, 329.63]) {
      this.#oscillator(frequency).connect(swell);
    }
    swell.connect(this.#out);
    // Without a click on the page there is no sound until there is one.
    this.#audio.resume().catch(() => {});
    document.addEventListener('pointerdown', () => this.#resume(), { once: true });
  }

  get track() {
    return this.#out.stream.getAudioTracks()[0];
  }

  tick() {
    const now = this.#audio.currentTime;
    const envelope = this.#audio.createGain();
    envelope.gain.setValueAtTime(0.12, now);
    envelope.gain.exponentialRampToValueAtTime(0.0001, now + 0.08);
    const blip = this.#audio.createOscillator();
    blip.frequency.value = 880;
    blip.connect(envelope).connect(this.#out);
    blip.start(now);
    blip.stop(now + 0.1);
  }

  stop() {
    this.#audio.close();
  }

  #resume() {
    if (this.#audio.state === 'suspended') {
      this.#audio.resume();
    }
  }

  #oscillator(frequency) {
    const oscillator = this.#audio.createOscillator();
    oscillator.frequency.value = frequency;
    oscillator.start();
    return oscillator;
  }
}
