/** A viewer that counts the frames it decodes, and knows which layers it may choose. */
import { WhepClient } from '/js/whep-client.js';

export class LayeredViewer {
  #client;
  #layers = [];

  constructor(stream) {
    this.#client = new WhepClient({ endpoint: `/whep/endpoint/${stream}` });
  }

  async play() {
    const media = await this.#client.play({ audio: false });
    // What is not shown is not decoded.
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = media;
    document.body.append(video);
    await video.play();
    const events = await this.#client.events(['layers']);
    events.addEventListener('layers', ({ data }) => {
      this.#layers = Object.values(JSON.parse(data)).flat();
    });
  }

  /** The layers that can be chosen and are sent now, such as `2/1`: the spatial one first. */
  get layers() {
    return this.#layers
      .filter(({ bitrate = 0 }) => bitrate > 0)
      .map(({ spatialLayerId, temporalLayerId = 0 }) => `${spatialLayerId}/${temporalLayerId}`);
  }

  /** @returns {Promise<number>} the status of a refusal; 200 for none */
  async choose(choice) {
    try {
      await this.#client.selectLayer(choice);
      return 200;
    } catch (error) {
      return error.status;
    }
  }

  /** @returns {Promise<{frames: number, height: number}>} decoded so far; of the latest */
  async decoded() {
    for (const each of (await this.#client.peerConnection.getStats()).values()) {
      if (each.type === 'inbound-rtp' && each.kind === 'video') {
        return { frames: each.framesDecoded ?? 0, height: each.frameHeight ?? 0 };
      }
    }
    return { frames: 0, height: 0 };
  }
}
