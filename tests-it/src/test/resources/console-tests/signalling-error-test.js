import { parseRetryAfter, SignallingError } from '/js/signalling-error.js';
import { assertEqual } from './assert.js';

export async function readsProblemDetails() {
  const body = JSON.stringify({ title: 'Conflict', status: 409, detail: 'nobody publishes' });
  const headers = { 'Content-Type': 'application/problem+json; charset=utf-8', 'Retry-After': '2' };
  const error = await SignallingError.from(new Response(body, { status: 409, headers }));
  assertEqual([error.status, error.title, error.detail, error.retryAfterSeconds], [409, 'Conflict', 'nobody publishes', 2]);
}

export async function standsABodyThatIsNotWhatItSays() {
  for (const body of ['{', 'null', '[]', '{"title": 3}']) {
    const response = new Response(body, { status: 500, statusText: 'Oops', headers: { 'Content-Type': 'application/json' } });
    const error = await SignallingError.from(response);
    assertEqual([error.status, error.title, error.detail], [500, 'Oops', ''], body);
  }
}

export async function doesNotShowPagesOfProxies() {
  const response = new Response('<html>', { status: 502, statusText: 'Bad Gateway', headers: { 'Content-Type': 'text/html' } });
  assertEqual((await SignallingError.from(response)).message, 'Bad Gateway');
}

export function readsSecondsAndDatesToRetryAfter() {
  const now = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');
  assertEqual(parseRetryAfter('3', now), 3);
  assertEqual(parseRetryAfter('Wed, 21 Oct 2026 07:28:05 GMT', now), 5);
  assertEqual(parseRetryAfter('Wed, 21 Oct 2026 07:27:00 GMT', now), 0);
  assertEqual(parseRetryAfter(null, now), null);
  assertEqual(parseRetryAfter('soon', now), null);
}

export function knowsWhatMayPass() {
  const passing = (status) => new SignallingError({ status, title: '' }).isPassing;
  assertEqual([0, 429, 500, 503].map(passing), [true, true, true, true]);
  assertEqual([400, 401, 404, 409, 412, 422, 501].map(passing), Array(7).fill(false));
}
