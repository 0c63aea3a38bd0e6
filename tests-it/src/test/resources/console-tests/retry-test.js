import { retryDelay, wait } from '/js/retry-delay.js';
import { assertEqual, assertThrows } from './assert.js';

export function waitsAsLongAsTheServerAsks() {
  assertEqual(retryDelay({ retryAfterSeconds: 5 }, 9), 5);
  assertEqual(retryDelay({ retryAfterSeconds: 0 }, 0), 1, 'never at once');
  assertEqual(retryDelay({ retryAfterSeconds: 86_400 }, 0), 60, 'never for hours');
}

export function waitsLongerAndLonger() {
  assertEqual([0, 1, 2, 3, 4, 50].map((attempt) => retryDelay(null, attempt)), [1, 2, 4, 8, 15, 15]);
}

export async function stopsWaitingWhenAborted() {
  const abort = new AbortController();
  const waiting = wait(1000, abort.signal);
  abort.abort(new Error('stopped'));
  assertEqual((await assertThrows(() => waiting, 'aborted')).message, 'stopped');
}
