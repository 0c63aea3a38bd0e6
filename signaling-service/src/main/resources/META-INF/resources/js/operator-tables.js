import { button, LiveTable } from './live-table.js';
import { formatBitrate, formatCount, formatShare, formatText } from './number-format.js';
import { SessionCurves } from './session-curves.js';
import { verdictText } from './session-verdict.js';
import { Sparkline } from './sparkline.js';

/** Below this a node is about to be late. */
const TIGHT = 0.2;

/** @typedef {(what: () => Promise<unknown>, question: string|null) => void} Perform */

export class NodesTable {
  #table = new LiveTable(document.getElementById('nodes'), 'node');
  #curves = new Map();
  #within = document.getElementById('drain-within');

  /** @param {object[]} nodes @param {import('./operator-api.js').OperatorApi} api @param {Perform} perform */
  show(nodes, api, perform) {
    this.#table.show(nodes, (node) => node.node, (node, row) => {
      const action = node.draining ? 'undrain' : 'drain';
      row.querySelector(`button:not([data-action="${action}"])`)?.remove();
      row.classList.toggle('draining', node.draining);
      const headroom = document.createElement('span');
      headroom.textContent = formatShare(node.headroom);
      headroom.className = node.headroom < TIGHT ? 'tight' : '';
      return [
        node.node,
        [node.region, node.zone].filter(Boolean).join(', ') || formatText(''),
        formatCount(node.publishers),
        formatCount(node.subscribers),
        formatCount(node.packetsPerSecond),
        this.#curve(node),
        headroom,
        takes(node),
        node.draining
          ? button(row, 'undrain', 'Take sessions', () => perform(() => api.takeSessions(node.node), null))
          : button(row, 'drain', 'Drain', () => this.#drain(node.node, api, perform)),
      ];
    });
  }

  #drain(node, api, perform) {
    const choice = this.#within.selectedOptions[0];
    const end = choice.value === 'never' ? 'It stays' : `It ends when none is left, and ${choice.textContent} with what is left`;
    perform(() => api.drain(node, choice.value), `Let ${node} take no new sessions? ${end}.`);
  }

  #curve(node) {
    let curve = this.#curves.get(node.node);
    if (!curve) {
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      svg.setAttribute('class', 'sparkline');
      svg.setAttribute('role', 'img');
      svg.setAttribute('aria-label', `Packets a second of ${node.node}`);
      curve = { svg, line: new Sparkline(svg) };
      this.#curves.set(node.node, curve);
    }
    curve.line.add(node.packetsPerSecond);
    return curve.svg;
  }
}

function takes(node) {
  if (node.draining) {
    return 'no, draining';
  }
  return node.capacity ? `up to ${formatCount(node.capacity)}` : 'yes';
}

export class StreamsTable {
  #table = new LiveTable(document.getElementById('streams'), 'stream');

  show(streams, api, perform, choose) {
    this.#table.show(streams, (stream) => stream.stream, (stream, row) => [
      button(row, 'show', stream.stream, () => choose(stream.stream), 'plain'),
      since(stream.publishedSince),
      who(stream),
      formatCount(stream.viewers ?? null),
      picture(stream),
      (stream.liveAt?.length ? stream.liveAt : [stream.node]).join(', '),
      button(row, 'end', 'End', () => perform(() => api.endStream(stream.stream), `End the publisher of ${stream.stream}?`), 'danger'),
    ]);
  }
}

function picture(stream) {
  if (stream.live === false) {
    return 'not connected';
  }
  return formatText(
    (stream.layers ?? [])
      .map((layer) => `${layer.width ? `${layer.width}×${layer.height} ` : ''}${formatBitrate(layer.bitrate)}`)
      .join(' · '),
  );
}

export class SessionsTable {
  #table = new LiveTable(document.getElementById('sessions'), 'session');
  #curves = new SessionCurves();

  show(sessions, api, perform) {
    this.#curves.keep(sessions);
    this.#table.show(sessions, (session) => session.id, (session, row) => {
      row.dataset.state = session.state;
      row.dataset.verdict = session.diagnosis?.verdict ?? '';
      const end = button(row, 'end', 'End', () => perform(() => api.endSession(session.id), `End this ${session.role} of ${session.stream}?`), 'danger');
      end.hidden = session.state === 'ended';
      return [
        session.stream,
        session.role === 'publisher' ? 'publishes' : 'watches',
        session.state,
        since(session.createdAt),
        who(session),
        session.node,
        formatText(verdictText(session.diagnosis)),
        ...this.#curves.cells(session),
        end,
      ];
    });
  }
}

export class RevocationsTable {
  #table = new LiveTable(document.getElementById('revocations'), 'revocation');

  show(revocations, api, perform) {
    this.#table.show(revocations, (revocation) => revocation.id, (revocation, row) => {
      const kind = ['subject', 'key', 'stream'].find((name) => revocation[name]);
      return [
        kind === 'key' ? 'stream key' : kind,
        revocation[kind],
        since(revocation.revokedAt),
        new Date(revocation.until).toLocaleString(),
        button(row, 'give-back', 'Give back', () => perform(() => api.giveBack(revocation.id), null)),
      ];
    });
  }
}

function who(session) {
  return session.subject ?? (session.key ? `key ${session.key}` : formatText(''));
}

/** @param {string} time @param {number} [now] @returns {string} such as `3 min`, as coarse as people say it */
export function since(time, now = Date.now()) {
  const seconds = Math.max(0, Math.round((now - Date.parse(time)) / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}
