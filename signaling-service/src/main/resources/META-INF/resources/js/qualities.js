/**
 * The qualities that a viewer can choose among, from the data of the event `layers`.
 *
 * @param {Record<string, {rid?: string, encodingId?: string, bitrate?: number, width?: number, height?: number}[]>} data
 * @returns {{rid: string, label: string, isSent: boolean}[]} the best one first; empty when there is
 *     nothing to choose
 */
export function qualities(data) {
  const layers = Object.values(data).flat()
    .map((layer) => ({ ...layer, rid: layer.rid ?? layer.encodingId }))
    .filter((layer) => typeof layer.rid === 'string');
  if (layers.length < 2) {
    return [];
  }
  return layers
    .sort((one, other) => pixels(other) - pixels(one) || (other.bitrate ?? 0) - (one.bitrate ?? 0))
    .map((layer) => ({ rid: layer.rid, label: label(layer), isSent: (layer.bitrate ?? 0) > 0 }));
}

function pixels({ width = 0, height = 0 }) {
  return width * height;
}

function label({ rid, width, height, bitrate = 0 }) {
  const size = width && height ? `${width} × ${height}` : rid;
  return bitrate > 0 ? size : `${size} (paused)`;
}

/** A select element with a viewer's qualities, hidden while there is nothing to choose. */
export class QualityMenu {
  #select;
  #frame;

  /**
   * @param {HTMLSelectElement} select
   * @param {HTMLElement} frame what is hidden with it
   * @param {(rid: string) => void} onChoice empty for automatic
   */
  constructor(select, frame, onChoice) {
    this.#select = select;
    this.#frame = frame;
    select.addEventListener('change', () => onChoice(select.value));
  }

  /** @param {ReturnType<typeof qualities>} choices */
  show(choices) {
    const chosen = this.#select.value;
    const options = [{ rid: '', label: 'Automatic' }, ...choices];
    this.#select.replaceChildren(...options.map(({ rid, label: text }) => new Option(text, rid)));
    this.#select.value = options.some(({ rid }) => rid === chosen) ? chosen : '';
    this.#frame.hidden = choices.length === 0;
  }

  /** @returns {string} empty for automatic */
  get chosen() {
    return this.#select.value;
  }

  clear() {
    this.#select.value = '';
    this.show([]);
  }
}
