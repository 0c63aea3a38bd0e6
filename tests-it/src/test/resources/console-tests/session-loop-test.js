import { SessionLoop } from '/js/session-loop.js';
import { WhepClient } from '/js/whep-client.js';
import { assertEqual, assertTrue } from './assert.js';
import { LoopbackServer } from './loopback-server.js';

export async function replacesASessionWhileItGoesOn() {
  await withLoop(async ({ loop, server, first }) => {
    const next = await replaced(loop);
    assertEqual([first.state, next.state], ['stopped', 'connected']);
    assertEqual(server.requests.map(({ method }) => method).filter((each) => each !== 'PATCH'), ['POST', 'POST', 'DELETE']);
    assertEqual(server.requestsBy('DELETE')[0].url, first.url, 'the old one is ended');
  });
}

export async function stopsTheSessionThatTookOver() {
  await withLoop(async ({ loop, over }) => {
    const next = await replaced(loop);
    loop.stop();
    assertEqual((await over).state, 'stopped');
    assertEqual(next.state, 'stopped');
  });
}

export async function triesAgainWhileTheOldOneLives() {
  await withLoop(async ({ loop, server, first }) => {
    server.refuse('POST', new Response(null, { status: 503, headers: { 'Retry-After': '1' } }));
    const replacing = replaced(loop);
    await until(() => server.requestsBy('POST').length === 2);
    assertEqual(first.state, 'connected', 'it goes on meanwhile');
    server.refuse(null, null);
    const next = await replacing;
    assertEqual([first.state, next.state], ['stopped', 'connected']);
    assertEqual(server.requestsBy('POST').length, 3);
  });
}

export async function doesNotTryOnceTheOldOneHasEnded() {
  await withLoop(async ({ loop, server, over }) => {
    const peer = server.peer;
    server.refuse('POST', new Response(null, { status: 503, headers: { 'Retry-After': '60' } }));
    const replacing = loop.replace(() => play());
    await until(() => server.requestsBy('POST').length === 2);
    peer.close();
    assertEqual((await over).state, 'ended');
    await replacing;
    assertEqual(server.requestsBy('POST').length, 2);
  });
}

export async function replacesOnceAtATime() {
  await withLoop(async ({ loop, server }) => {
    const replacing = replaced(loop);
    await loop.replace(() => { throw new Error('it is being replaced already'); });
    await replacing;
    assertEqual(server.requestsBy('POST').length, 2);
    const nothing = new SessionLoop();
    await nothing.replace(() => { throw new Error('there is nothing to replace'); });
  });
}

async function withLoop(test) {
  const server = new LoopbackServer();
  const loop = new SessionLoop();
  try {
    let first = null;
    const over = loop.run({
      open: async () => (first = await play()),
      retriesAfter: () => false,
      reopensAfter: () => false,
      onWaiting: () => {},
    });
    await until(() => first?.state === 'connected');
    assertTrue(loop.isRunning, 'it runs');
    await test({ loop, server, first, over });
    loop.stop();
    await over;
  } finally {
    server.close();
  }
}

async function replaced(loop) {
  let next = null;
  await loop.replace(async () => {
    next = await play();
    await until(() => next.state === 'connected');
    return next;
  });
  return next;
}

async function play() {
  const client = new WhepClient({ endpoint: '/whep/endpoint/demo' });
  await client.play();
  return client;
}

async function until(isSo) {
  while (!isSo()) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
