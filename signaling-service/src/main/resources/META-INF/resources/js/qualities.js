/**
 * The qualities that a viewer can choose among, from the data of the event `layers`: encodings, or the spatial layers
 * of an encoding that has several. How many frames of them come is left to the server.
 *
 * @typedef {{rid?: string, encodingId?: string, spatialLayerId?: number, temporalLayerId?: number, bitrate?: number,
 *     width?: number, height?: number}} Layer
 * @param {Record<string, Layer[]>} data
 * @returns {{value: string, label: string, isSent: boolean}[]} the best one first; empty when there is nothing to choose
 */
export function qualities(data) {
  const layers = Object.values(data).flat().map((layer) => ({ ...layer, rid: layer.rid ?? layer.encodingId ?? '' }));
  const best = new Map();
  for (const layer of layers) {
    const value = valueOf(layer, layers);
    const bitrate = Math.max(layer.bitrate ?? 0, best.get(value)?.bitrate ?? 0);
    best.set(value, { ...layer, value, bitrate });
  }
  if (best.size < 2) {
    return [];
  }
  return [...best.values()]
    .sort((one, other) => pixels(other) - pixels(one) || other.bitrate - one.bitrate)
    .map((layer) => ({ value: layer.value, label: label(layer), isSent: layer.bitrate > 0 }));
}

/**
 * What to ask the server for.
 *
 * @param {string} value of a quality; empty for what the server chooses
 * @returns {{rid?: string, spatialLayerId?: number}}
 */
export function layerChoice(value) {
  const [rid, spatial] = value.split('/');
  return { ...(rid && { rid }), ...(spatial && { spatialLayerId: Number(spatial) }) };
}

/** The rid, which has no slash, and the spatial layer where there are several. */
function valueOf({ rid, spatialLayerId }, layers) {
  const ids = new Set(layers.filter((each) => each.rid === rid).map((each) => each.spatialLayerId));
  return ids.size > 1 ? `${rid}/${spatialLayerId}` : rid;
}

function pixels({ width = 0, height = 0 }) {
  return width * height;
}

function label({ value, width, height, bitrate }) {
  const size = width && height ? `${width} × ${height}` : value.replace('/', ' layer ').trim();
  return bitrate > 0 ? size : `${size} (paused)`;
}

/** A select element with a viewer's qualities, hidden while there is nothing to choose. */
export class QualityMenu {
  #select;
  #frame;

  /**
   * @param {HTMLSelectElement} select
   * @param {HTMLElement} frame what is hidden with it
   * @param {(value: string) => void} onChoice empty for automatic
   */
  constructor(select, frame, onChoice) {
    this.#select = select;
    this.#frame = frame;
    select.addEventListener('change', () => onChoice(select.value));
  }

  /** @param {ReturnType<typeof qualities>} choices */
  show(choices) {
    const chosen = this.#select.value;
    const options = [{ value: '', label: 'Automatic' }, ...choices];
    this.#select.replaceChildren(...options.map(({ value, label: text }) => new Option(text, value)));
    this.#select.value = options.some(({ value }) => value === chosen) ? chosen : '';
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
