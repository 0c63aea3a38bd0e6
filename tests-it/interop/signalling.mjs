// What the programs here have in common: WHIP and WHEP by fetch, and lines on standard output that a test reads.

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Tells the test: a word and named values, none of them with a space. */
export function tell(event, values = {}) {
  const words = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  process.stdout.write([event, ...words].join(' ') + '\n');
}

/** Ends the program with the reason on standard error. */
export function fail(reason) {
  process.stderr.write(`${reason?.stack ?? reason}\n`);
  process.exit(1);
}

process.on('unhandledRejection', fail);

/** The session of one POST. */
export class Session {
  #authorization;

  constructor(token) {
    this.#authorization = token ? { Authorization: `Bearer ${token}` } : {};
  }

  /** Sends an offer and gives the answer. */
  async post(endpoint, offer) {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'Content-Type': 'application/sdp', ...this.#authorization },
      body: offer,
    });
    const answer = await response.text();
    tell('posted', { status: response.status });
    if (response.status !== 201) {
      fail(`${response.status} ${answer}`);
    }
    this.url = response.headers.get('Location');
    this.entityTag = response.headers.get('ETag');
    return answer;
  }

  async patch(fragment, ifMatch = this.entityTag) {
    const response = await fetch(this.url, {
      method: 'PATCH',
      headers: {
        'Content-Type': 'application/trickle-ice-sdpfrag',
        'If-Match': ifMatch,
        ...this.#authorization,
      },
      body: fragment,
    });
    const body = await response.text();
    tell('patched', { status: response.status });
    this.entityTag = response.headers.get('ETag') ?? this.entityTag;
    return { status: response.status, body };
  }

  async delete() {
    const response = await fetch(this.url, { method: 'DELETE', headers: this.#authorization });
    tell('deleted', { status: response.status });
  }
}

/** Calls the function of each line that the test writes, by its word. */
export async function obey(commands) {
  for await (const line of createInterface({ input: process.stdin })) {
    await commands[line]();
  }
}

export const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** The version of an installed package. */
export function versionOf(name) {
  const description = new URL(`node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(description, 'utf8')).version;
}
