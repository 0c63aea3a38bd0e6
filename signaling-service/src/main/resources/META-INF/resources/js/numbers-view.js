import { formatBitrate, formatCount, formatMillis, formatShare, formatText } from './number-format.js';
import { Sparkline } from './sparkline.js';

const SHARED = [
  ['resolution', 'Resolution', formatText],
  ['framesPerSecond', 'Frames/s', formatCount],
  ['codec', 'Codec', formatText],
  ['loss', 'Loss', formatShare],
  ['roundTrip', 'Round trip', formatMillis],
  ['jitter', 'Jitter', formatMillis],
  ['packets', 'Packets', formatCount],
];
const TILES = {
  publish: [...SHARED, ['limitation', 'Limited by', formatText], ['startup', 'Live after', formatMillis]],
  watch: [...SHARED, ['freezes', 'Freezes', formatCount], ['startup', 'First frame', formatMillis]],
};

/** Shows the numbers of a session. Each is a `dd` with `data-number` and, raw, `data-value`. */
export class NumbersView {
  #cells = new Map();
  #sparkline;
  #layers;
  #root;

  /**
   * @param {HTMLElement} root holds a `dl` with an `svg` in it, and maybe a place for `[data-layers]`
   * @param {'publish'|'watch'} role
   */
  constructor(root, role) {
    this.#root = root;
    this.#sparkline = new Sparkline(root.querySelector('svg'));
    this.#layers = root.querySelector('[data-layers]');
    const bitrate = this.#tile('bitrate', 'Bitrate', formatBitrate);
    bitrate.append(root.querySelector('svg'));
    const tiles = TILES[role].map(([name, label, format]) => this.#tile(name, label, format));
    root.querySelector('dl').replaceChildren(bitrate, ...tiles);
  }

  show() {
    this.#root.hidden = false;
  }

  /** Hidden and empty until there is something to show. */
  clear() {
    this.#root.hidden = true;
    this.#sparkline.clear();
    for (const name of this.#cells.keys()) {
      this.set(name, null);
    }
  }

  /** @param {import('./live-numbers.js').LiveNumbers} numbers */
  update(numbers) {
    const { width, height, limitation, layers, bitrate } = numbers;
    const values = {
      ...numbers,
      resolution: width && height ? `${width}×${height}` : null,
      limitation: limitation === 'none' ? 'nothing' : limitation,
    };
    for (const [name, value] of Object.entries(values)) {
      this.set(name, value);
    }
    this.#sparkline.add(bitrate ?? 0);
    if (this.#layers) {
      this.#layers.textContent = layers.map(describeLayer).join('   ');
      this.#layers.hidden = layers.length === 0;
    }
  }

  set(name, value) {
    const cell = this.#cells.get(name);
    if (cell) {
      cell.element.textContent = cell.format(value);
      cell.element.dataset.value = value ?? '';
    }
  }

  #tile(name, label, format) {
    const tile = document.createElement('div');
    const term = document.createElement('dt');
    const element = document.createElement('dd');
    term.textContent = label;
    element.dataset.number = name;
    this.#cells.set(name, { element, format });
    this.set(name, null);
    tile.append(term, element);
    return tile;
  }
}

function describeLayer({ rid, height, framesPerSecond, bitrate }) {
  const size = height ? `${height}p${Math.round(framesPerSecond)}` : 'paused';
  return `${rid} ${size} ${height ? formatBitrate(bitrate) : ''}`.trim();
}
