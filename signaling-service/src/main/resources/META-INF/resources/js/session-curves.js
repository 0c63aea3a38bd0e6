import { formatBitrate, formatMillis, formatShare } from './number-format.js';
import { Sparkline } from './sparkline.js';

/** What is drawn of a session: a share as per cent, so that one per cent fills a curve that has no more. */
const CURVES = [
  { name: 'bitrate', label: 'Bitrate', value: (of) => of.bitrate, height: (value) => value, text: formatBitrate },
  { name: 'loss', label: 'Loss', value: (of) => of.loss, height: (value) => value * 100, text: formatShare },
  { name: 'rtt', label: 'Round trip', value: (of) => of.roundTripMillis ?? null, height: (value) => value ?? 0, text: formatMillis },
];

/** Small curves of what nodes measure of sessions, for as long as a session is shown. */
export class SessionCurves {
  #sessions = new Map();

  /** @param {object} session as the API has it @returns {(Node|null)[]} one for each of bitrate, loss and round trip */
  cells(session) {
    const diagnosis = session.diagnosis;
    if (!diagnosis || session.state === 'ended') {
      return this.#sessions.get(session.id)?.map((curve) => curve.element) ?? CURVES.map(() => document.createTextNode('–'));
    }
    const curves = this.#curves(session);
    return CURVES.map((curve, index) => {
      const value = curve.value(diagnosis);
      curves[index].line.add(curve.height(value));
      curves[index].text.textContent = curve.text(value);
      return curves[index].element;
    });
  }

  /** Forgets those that are not shown any more. */
  keep(sessions) {
    const shown = new Set(sessions.map((session) => session.id));
    for (const id of this.#sessions.keys()) {
      if (!shown.has(id)) {
        this.#sessions.delete(id);
      }
    }
  }

  #curves(session) {
    let curves = this.#sessions.get(session.id);
    if (!curves) {
      curves = CURVES.map(({ name, label }) => {
        const element = document.createElement('div');
        element.className = 'curve';
        element.dataset.curve = name;
        const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
        svg.setAttribute('class', 'sparkline');
        svg.setAttribute('role', 'img');
        svg.setAttribute('aria-label', `${label} of a ${session.role} of ${session.stream}`);
        const text = document.createElement('span');
        element.append(svg, text);
        return { element, text, line: new Sparkline(svg) };
      });
      this.#sessions.set(session.id, curves);
    }
    return curves;
  }
}
