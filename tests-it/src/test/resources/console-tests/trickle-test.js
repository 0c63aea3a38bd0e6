import { SignallingError } from '/js/signalling-error.js';
import { Trickle } from '/js/trickle.js';
import { assertEqual, assertTrue } from './assert.js';

const OFFER = ['v=0', 'a=group:BUNDLE 0', 'm=audio 9 X 0', 'a=mid:0', 'a=ice-ufrag:abcd', 'a=ice-pwd:pwdpwdpwdpwdpwdpwdpwdpwd', '']
  .join('\r\n');
const QUICK = { batchMillis: 0, retryMillis: 0 };

export async function sendsNothingBeforeTheSessionExists() {
  const inbox = new Inbox();
  const trickle = new Trickle(OFFER, (fragment) => inbox.put(fragment), QUICK);
  trickle.add(candidate(1));
  trickle.add(candidate(2));
  trickle.add(null);
  assertTrue(inbox.isEmpty, 'nothing is sent yet');
  trickle.start();
  const fragment = await inbox.take();
  assertEqual(numbers(fragment), [1, 2], 'one batch');
  assertTrue(fragment.endsWith('a=end-of-candidates\r\n'), 'the end is told');
}

export async function leavesOutCandidatesOfAnotherIceSession() {
  const inbox = new Inbox();
  const trickle = new Trickle(OFFER, (fragment) => inbox.put(fragment), QUICK);
  trickle.add(candidate(1, { usernameFragment: 'gone' }));
  trickle.add(candidate(2, { sdpMid: '7' }));
  trickle.add({ candidate: '', usernameFragment: 'abcd', sdpMid: '0' });
  trickle.add(candidate(3));
  trickle.start();
  assertEqual(numbers(await inbox.take()), [3]);
}

export async function sendsAgainWhatDidNotArrive() {
  const inbox = new Inbox();
  let isBusy = true;
  const trickle = new Trickle(OFFER, async (fragment) => {
    inbox.put(fragment);
    if (isBusy) {
      isBusy = false;
      throw new SignallingError({ status: 503, title: 'busy' });
    }
  }, QUICK);
  trickle.add(candidate(1));
  trickle.start();
  assertEqual(numbers(await inbox.take()), [1]);
  assertEqual(numbers(await inbox.take()), [1]);
}

export async function givesUpWhereTrickleIsNotWanted() {
  const inbox = new Inbox();
  const trickle = new Trickle(OFFER, async (fragment) => {
    inbox.put(fragment);
    throw new SignallingError({ status: 405, title: 'no' });
  }, QUICK);
  trickle.add(candidate(1));
  trickle.start();
  await inbox.take();
  trickle.add(candidate(2));
  await new Promise((resolve) => setTimeout(resolve));
  assertTrue(inbox.isEmpty, 'no second attempt');
}

export function putsWhatIsGatheredIntoTheRestart() {
  const trickle = new Trickle(OFFER, () => {});
  trickle.add(candidate(1));
  assertEqual(numbers(trickle.takeFragment()), [1]);
  assertEqual(numbers(trickle.takeFragment()), [], 'once only');
}

function candidate(number, more) {
  return { candidate: `candidate:${number} 1 udp 1 192.0.2.1 ${number} typ host`, usernameFragment: 'abcd', sdpMid: '0', ...more };
}

function numbers(fragment) {
  return [...fragment.matchAll(/a=candidate:(\d+)/g)].map((match) => Number(match[1]));
}

/** What was sent, for a test to wait for. */
class Inbox {
  #items = [];
  #takers = [];

  get isEmpty() {
    return this.#items.length === 0;
  }

  async put(item) {
    const taker = this.#takers.shift();
    if (taker) {
      taker(item);
    } else {
      this.#items.push(item);
    }
  }

  take() {
    return this.isEmpty ? new Promise((resolve) => this.#takers.push(resolve)) : Promise.resolve(this.#items.shift());
  }
}
