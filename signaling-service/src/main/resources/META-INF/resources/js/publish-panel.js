import { diagnose } from './diagnosis.js';
import { isStreamName, watchLink, whipEndpoint } from './endpoint.js';
import { NumbersView } from './numbers-view.js';
import { SessionLoop } from './session-loop.js';
import { SessionMonitor } from './session-monitor.js';
import { SignallingError } from './signalling-error.js';
import { canCaptureScreen, openSource } from './source.js';
import { StatusView } from './status-view.js';
import { WhipClient } from './whip-client.js';

const CODECS = ['VP8', 'H264', 'VP9', 'AV1', 'H265'];
const STATUS = {
  connecting: 'Connecting',
  connected: 'Live',
  reconnecting: 'Reconnecting',
};

/** The panel that publishes. */
export class PublishPanel {
  #element = (name) => document.getElementById(`publish-${name}`);
  #status = new StatusView(this.#element('status'), this.#element('diagnosis'));
  #numbers = new NumbersView(this.#element('numbers'), 'publish');
  #loop = new SessionLoop();
  #source = null;
  #isWanted = false;
  #monitor = null;

  constructor() {
    this.#fillCodecs();
    if (!canCaptureScreen()) {
      this.#element('source').querySelector('[value=screen]').remove();
    }
    this.#element('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.start();
    });
    this.#element('stop').addEventListener('click', () => this.stop());
  }

  /** @param {ReturnType<import('./deep-link.js').readDeepLink>} link */
  fill({ publish, source, codec, bitrate, simulcast }) {
    if (publish) this.#element('stream').value = publish;
    if (source) this.#element('source').value = source;
    if (bitrate) this.#element('bitrate').value = bitrate;
    if (simulcast !== null) this.#element('simulcast').checked = simulcast;
    const option = [...this.#element('codec').options].find((each) => each.value === codec?.toUpperCase());
    if (option) this.#element('codec').value = option.value;
  }

  async start() {
    const stream = this.#element('stream').value.trim();
    if (this.#element('settings').disabled || !isStreamName(stream)) {
      return;
    }
    this.#lock(true);
    this.#status.explain(null);
    this.#status.show('starting', 'Opening the source');
    this.#numbers.clear();
    this.#isWanted = true;
    try {
      this.#source = await openSource(this.#element('source').value, stream);
      if (!this.#isWanted) {
        this.#finish({ state: 'stopped', error: null }, stream);
        return;
      }
      this.#preview(this.#source.stream);
      this.#finish(await this.#publish(stream), stream);
    } catch (error) {
      this.#finish({ state: 'failed', error }, stream);
    }
  }

  stop() {
    this.#isWanted = false;
    this.#loop.stop();
  }

  #publish(stream) {
    const wish = {
      videoCodec: this.#element('codec').value,
      maxBitrate: Number(this.#element('bitrate').value) * 1000,
      simulcast: this.#element('simulcast').checked,
    };
    this.#source.stream.getVideoTracks()[0]?.addEventListener('ended', () => this.stop());
    return this.#loop.run({
      open: (signal) => this.#open(stream, wish, signal),
      retriesAfter: (error) => error instanceof SignallingError && error.isPassing,
      // One that was closed in good order has been taken over, perhaps: two must not fight for a name.
      reopensAfter: ({ state, error, wasConnected }) => wasConnected && (state === 'failed' || Boolean(error)),
      onWaiting: (_, error) => {
        this.#status.show('waiting', 'Trying again');
        if (error) {
          this.#explain(error, stream);
        }
      },
    });
  }

  async #open(stream, wish, signal) {
    const begun = performance.now();
    const client = new WhipClient({ endpoint: whipEndpoint(stream), token: this.#element('token').value });
    signal.addEventListener('abort', () => client.stop());
    client.addEventListener('statechange', ({ detail }) => {
      this.#status.show(detail.state === 'connected' ? 'live' : detail.state, STATUS[detail.state] ?? '');
      if (detail.state === 'connected') {
        this.#numbers.set('startup', performance.now() - begun);
        this.#share(stream);
      } else if (detail.state === 'failed' && this.#monitor) {
        this.#status.explain(this.#monitor.diagnosis());
      }
    });
    this.#monitor?.stop();
    this.#monitor = null;
    await client.publish(this.#source.stream, wish);
    this.#status.explain(null);
    this.#numbers.show();
    this.#monitor = new SessionMonitor(client, 'publish', stream, ({ numbers, diagnosis }) => {
      this.#numbers.update(numbers);
      this.#status.explain(diagnosis);
    });
    return client;
  }

  #finish({ state, error }, stream) {
    this.#monitor?.stop();
    this.#monitor = null;
    this.#source?.close();
    this.#source = null;
    this.#preview(null);
    this.#lock(false);
    this.#element('share').hidden = true;
    if (state === 'stopped') {
      this.#status.show('idle', 'Not publishing');
      this.#status.explain(null);
    } else if (state === 'ended') {
      this.#status.show('ended', 'Ended by the server');
    } else {
      this.#status.show('failed', 'Failed');
    }
    if (error) {
      this.#explain(error, stream);
    }
  }

  #explain(error, stream) {
    const hasToken = this.#element('token').value !== '';
    this.#status.explain(diagnose({ role: 'publish', stream, error, hasToken }));
  }

  #preview(stream) {
    const video = this.#element('preview');
    video.srcObject = stream;
    video.closest('.screen').classList.toggle('is-empty', stream === null);
    if (stream) {
      video.play().catch(() => {});
    }
  }

  #share(stream) {
    this.#element('share').hidden = false;
    this.#element('share-link').href = watchLink(stream);
    this.#element('share-link').textContent = watchLink(stream);
  }

  #lock(isBusy) {
    this.#element('settings').disabled = isBusy;
    this.#element('start').hidden = isBusy;
    this.#element('stop').hidden = !isBusy;
  }

  #fillCodecs() {
    const capable = RTCRtpSender.getCapabilities?.('video')?.codecs ?? [];
    for (const name of CODECS) {
      if (capable.some((codec) => codec.mimeType.toLowerCase() === `video/${name}`.toLowerCase())) {
        this.#element('codec').add(new Option(name, name));
      }
    }
  }
}
