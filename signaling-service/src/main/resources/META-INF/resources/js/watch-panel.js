import { diagnose } from './diagnosis.js';
import { isStreamName, whepEndpoint } from './endpoint.js';
import { firstPicture } from './first-picture.js';
import { NumbersView } from './numbers-view.js';
import { layerChoice, qualities, QualityMenu } from './qualities.js';
import { wait } from './retry-delay.js';
import { SessionLoop } from './session-loop.js';
import { SessionMonitor } from './session-monitor.js';
import { SignallingError } from './signalling-error.js';
import { StatusView } from './status-view.js';
import { WhepClient } from './whep-client.js';

const STATUS = {
  connected: 'Waiting for the picture',
  reconnecting: 'Reconnecting',
};

/** Not more often than this, whatever a server asks for. */
const LEAST_STAY_SECONDS = 2;

/** The panel that plays. */
export class WatchPanel {
  #element = (name) => document.getElementById(`watch-${name}`);
  #status = new StatusView(this.#element('status'), this.#element('diagnosis'));
  #numbers = new NumbersView(this.#element('numbers'), 'watch');
  #video = this.#element('video');
  #loop = new SessionLoop();
  #monitor = null;
  #client = null;
  #quality = new QualityMenu(this.#element('quality'), this.#element('quality-field'), (value) => this.#choose(value));

  constructor() {
    this.#element('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.start();
    });
    this.#element('stop').addEventListener('click', () => this.stop());
    this.#element('mute').addEventListener('click', () => this.#setMuted(!this.#video.muted));
    this.#element('fullscreen').addEventListener('click', () => this.#enlarge());
    this.#video.addEventListener('volumechange', () => this.#showMuted());
    this.#showMuted();
  }

  /** @param {ReturnType<import('./deep-link.js').readDeepLink>} link */
  fill({ watch }) {
    if (watch) this.#element('stream').value = watch;
  }

  async start() {
    const stream = this.#element('stream').value.trim();
    if (this.#loop.isRunning || !isStreamName(stream)) {
      return;
    }
    this.#lock(true);
    this.#status.explain(null);
    this.#status.show('connecting', 'Connecting');
    const over = await this.#loop.run({
      open: (signal) => this.#open(stream, signal),
      retriesAfter: (error) => error instanceof SignallingError && (error.status === 409 || error.isPassing),
      reopensAfter: ({ state, wasConnected }) => state === 'ended' || (state === 'failed' && wasConnected),
      onWaiting: (_, error) => this.#onWaiting(error, stream),
    });
    this.#finish(over, stream);
  }

  stop() {
    this.#loop.stop();
  }

  async #open(stream, signal) {
    const begun = performance.now();
    this.#release();
    this.#numbers.clear();
    const { client, media } = await this.#connect(stream, signal);
    this.#status.explain(null);
    this.#status.show('connecting', 'Connecting');
    this.#take(client, media, stream, begun);
    return client;
  }

  /** Another session beside the one that is shown, until it has a picture to show in its place. */
  async #openBeside(stream, signal) {
    const begun = performance.now();
    const { client, media } = await this.#connect(stream, signal);
    try {
      await firstPicture(client, media);
    } catch (error) {
      client.stop();
      throw error;
    }
    const chosen = this.#quality.chosen;
    this.#monitor?.stop();
    this.#take(client, media, stream, begun);
    if (chosen) {
      // Another publisher may not have it; then the server chooses.
      client.selectLayer(layerChoice(chosen)).catch(() => {});
    }
    return client;
  }

  async #connect(stream, signal) {
    const client = new WhepClient({ endpoint: whepEndpoint(stream), token: this.#element('token').value });
    signal.addEventListener('abort', () => client.stop());
    return { client, media: await client.play() };
  }

  /** From now on this is what is shown. */
  #take(client, media, stream, begun) {
    this.#client = client;
    client.addEventListener('statechange', ({ detail }) => this.#client === client && this.#onState(detail.state));
    this.#follow(client, stream).catch((error) => console.warn('no events:', error));
    this.#numbers.show();
    this.#monitor = new SessionMonitor(client, 'watch', stream, ({ numbers, diagnosis }) => {
      this.#numbers.update(numbers);
      this.#status.explain(diagnosis);
      if (numbers.frames === null && numbers.packets) {
        this.#status.show('live', 'Live');
      }
    });
    this.#show(media);
    this.#video.requestVideoFrameCallback?.(() => {
      if (this.#video.srcObject === media) {
        this.#numbers.set('startup', performance.now() - begun);
        this.#status.show('live', 'Live');
      }
    });
  }

  /** What the server says of the stream while it plays. */
  async #follow(client, stream) {
    const begun = performance.now();
    const events = await client.events(['active', 'inactive', 'layers', 'reconnect', 'viewercount']);
    events?.addEventListener('reconnect', async () => {
      await wait(LEAST_STAY_SECONDS - (performance.now() - begun) / 1000, new AbortController().signal);
      if (this.#client === client) {
        await this.#loop.replace((signal) => this.#openBeside(stream, signal));
      }
    });
    events?.addEventListener('layers', ({ data }) => {
      this.#quality.show(client.canSelectLayer ? qualities(JSON.parse(data)) : []);
    });
    events?.addEventListener('viewercount', ({ data }) => this.#showViewers(JSON.parse(data).viewercount));
    let isGone = false;
    events?.addEventListener('inactive', () => {
      isGone = true;
      this.#status.show('waiting', 'Ended, waiting for it to return');
    });
    events?.addEventListener('active', () => {
      if (isGone) {
        isGone = false;
        this.#status.show('live', 'Live');
      }
    });
  }

  async #choose(value) {
    try {
      await this.#client?.selectLayer(layerChoice(value));
    } catch (error) {
      this.#explain(error, this.#element('stream').value.trim());
    }
  }

  #showViewers(count) {
    const element = this.#element('viewers');
    element.hidden = false;
    element.dataset.value = count;
    element.textContent = count === 1 ? '1 viewer' : `${count} viewers`;
  }

  #onState(state) {
    const hasPicture = this.#video.videoWidth > 0;
    if (state === 'connected' && hasPicture) {
      this.#status.show('live', 'Live');
    } else if (STATUS[state]) {
      this.#status.show(state, STATUS[state]);
    } else if (state === 'failed' && this.#monitor) {
      this.#status.explain(this.#monitor.diagnosis());
    }
  }

  #onWaiting(error, stream) {
    this.#release();
    const text = error?.status === 409 ? 'Not live yet, waiting' : error ? 'Trying again' : 'Ended, waiting for it to return';
    this.#status.show('waiting', text);
    if (error) {
      this.#explain(error, stream);
    }
  }

  #finish({ state, error }, stream) {
    this.#release();
    this.#lock(false);
    if (state === 'stopped') {
      this.#status.show('idle', 'Not watching');
      this.#status.explain(null);
    } else {
      this.#status.show('failed', 'Failed');
    }
    if (error) {
      this.#explain(error, stream);
    }
  }

  #explain(error, stream) {
    const hasToken = this.#element('token').value !== '';
    this.#status.explain(diagnose({ role: 'watch', stream, error, hasToken }));
  }

  /** Browsers may refuse to start with sound; then it starts without, and a click brings it. */
  #show(media) {
    this.#video.srcObject = media;
    this.#video.closest('.screen').classList.remove('is-empty');
    this.#element('mute').hidden = false;
    this.#element('fullscreen').hidden = false;
    this.#video.play().catch((error) => {
      if (error.name === 'NotAllowedError') {
        this.#setMuted(true);
        this.#video.play().catch(() => {});
      }
    });
  }

  #release() {
    this.#monitor?.stop();
    this.#monitor = null;
    this.#client = null;
    this.#quality.clear();
    this.#element('viewers').hidden = true;
    this.#video.srcObject = null;
    this.#video.closest('.screen').classList.add('is-empty');
    this.#element('mute').hidden = true;
    this.#element('fullscreen').hidden = true;
  }

  #setMuted(isMuted) {
    this.#video.muted = isMuted;
    this.#showMuted();
  }

  #showMuted() {
    const button = this.#element('mute');
    button.setAttribute('aria-pressed', String(this.#video.muted));
    button.querySelector('span').textContent = this.#video.muted ? 'Unmute' : 'Mute';
  }

  #enlarge() {
    if (this.#video.requestFullscreen) {
      this.#video.requestFullscreen();
    } else {
      this.#video.webkitEnterFullscreen?.();
    }
  }

  #lock(isBusy) {
    this.#element('settings').disabled = isBusy;
    this.#element('start').hidden = isBusy;
    this.#element('stop').hidden = !isBusy;
  }
}
