const NAMESPACE = 'http://www.w3.org/2000/svg';
const MOST_POINTS = 60;
const FEWEST_POINTS = 15;
const WIDTH = 240;
const HEIGHT = 36;

/** A small curve of the last minute. */
export class Sparkline {
  #values = [];
  #line = document.createElementNS(NAMESPACE, 'polyline');
  #area = document.createElementNS(NAMESPACE, 'polygon');

  /** @param {SVGSVGElement} svg is filled */
  constructor(svg) {
    svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    svg.setAttribute('preserveAspectRatio', 'none');
    this.#area.setAttribute('class', 'spark-area');
    this.#line.setAttribute('class', 'spark-line');
    svg.replaceChildren(this.#area, this.#line);
  }

  add(value) {
    this.#values = [...this.#values, value].slice(-MOST_POINTS);
    this.#draw();
  }

  clear() {
    this.#values = [];
    this.#draw();
  }

  #draw() {
    const points = sparkPoints(this.#values, WIDTH, HEIGHT, Math.max(this.#values.length, FEWEST_POINTS));
    this.#line.setAttribute('points', points.join(' '));
    const right = points.at(-1)?.split(',')[0] ?? 0;
    this.#area.setAttribute('points', points.length < 2 ? '' : `0,${HEIGHT} ${points.join(' ')} ${right},${HEIGHT}`);
  }
}

/**
 * @param {number[]} values
 * @param {number} width
 * @param {number} height
 * @param {number} capacity how many values fill the width
 * @returns {string[]} `x,y` each, oldest first; the largest value touches the top
 */
export function sparkPoints(values, width, height, capacity) {
  const largest = Math.max(...values, 1);
  return values.map((value, index) => {
    const x = (index * width) / (capacity - 1);
    const y = height - 2 - (Math.max(0, value) / largest) * (height - 4);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
}
