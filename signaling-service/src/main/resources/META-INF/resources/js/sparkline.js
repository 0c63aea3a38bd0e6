const NAMESPACE = 'http://www.w3.org/2000/svg';
const POINTS = 60;
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
    this.#values.push(value);
    this.#values.splice(0, this.#values.length - POINTS);
    this.#draw();
  }

  clear() {
    this.#values = [];
    this.#draw();
  }

  #draw() {
    const points = sparkPoints(this.#values, WIDTH, HEIGHT, POINTS);
    this.#line.setAttribute('points', points.join(' '));
    const right = points.at(-1)?.split(',')[0] ?? 0;
    this.#area.setAttribute('points', points.length < 2 ? '' : `0,${HEIGHT} ${points.join(' ')} ${right},${HEIGHT}`);
  }
}

/**
 * @param {number[]} values
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
