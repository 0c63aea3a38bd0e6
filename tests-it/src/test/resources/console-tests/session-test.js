import { WhepClient } from '/js/whep-client.js';
import { WhipClient } from '/js/whip-client.js';
import { assertEqual, assertThrows, assertTrue } from './assert.js';
import { LoopbackServer } from './loopback-server.js';

const ENDPOINT = '/whip/endpoint/demo';

export async function publishesByOnePostAndTricklesUnderItsEntityTag() {
  await withServer(async (server) => {
    const client = new WhipClient({ endpoint: ENDPOINT });
    await client.publish(picture());
    await reaches(client, 'connected');
    const [post] = server.requestsBy('POST');
    assertEqual(post.headers.get('Content-Type'), 'application/sdp');
    assertTrue(post.body.includes('a=sendonly') && !post.body.includes('a=candidate'), 'offers to send, without candidates');
    const patch = await server.firstBy('PATCH');
    assertEqual(patch.headers.get('If-Match'), '"first"');
    assertEqual(patch.headers.get('Content-Type'), 'application/trickle-ice-sdpfrag');
    assertEqual(client.url, new URL('/loopback/1', location.href).href);
    await client.stop();
    assertEqual(server.requestsBy('DELETE').map((request) => request.url), [client.url]);
  });
}

export async function showsItsTokenOnEveryRequestOrNone() {
  for (const [token, expected] of [[' secret ', 'Bearer secret'], ['', null]]) {
    await withServer(async (server) => {
      const client = new WhipClient({ endpoint: ENDPOINT, token });
      await client.publish(picture());
      await reaches(client, 'connected');
      await client.stop();
      for (const request of server.requests) {
        assertEqual(request.headers.get('Authorization'), expected, request.method);
      }
    });
  }
}

export async function playsWhatItIsSent() {
  await withServer(async (server) => {
    const client = new WhepClient({ endpoint: '/whep/endpoint/demo' });
    const stream = await client.play();
    await reaches(client, 'connected');
    assertEqual(stream.getTracks().map((track) => track.kind).sort(), ['audio', 'video']);
    assertEqual(server.requestsBy('POST')[0].body.match(/a=recvonly/g).length, 2);
    await client.stop();
  });
}

export async function usesTheServersThatTheAnswerNamesBesidesItsOwn() {
  for (const [Client, endpoint, begin] of [
    [WhipClient, ENDPOINT, (client) => client.publish(picture())],
    [WhepClient, '/whep/endpoint/demo', (client) => client.play()],
  ]) {
    await withServer(async (server) => {
      server.link = '<stun:192.0.2.1:3478>; rel="ice-server", '
        + '<turn:192.0.2.2:3478?transport=udp>; rel="ice-server"; username="9:a"; credential="b+/="';
      const client = new Client({ endpoint, iceServers: [{ urls: 'stun:192.0.2.3' }] });
      await begin(client);
      const used = client.peerConnection.getConfiguration().iceServers;
      assertEqual(used.map((each) => [each.urls].flat()[0]), [
        'stun:192.0.2.3', 'stun:192.0.2.1:3478', 'turn:192.0.2.2:3478?transport=udp',
      ]);
      assertEqual([used[2].username, used[2].credential], ['9:a', 'b+/=']);
      await client.stop();
    });
  }
}

export async function saysWhenToTryAgain() {
  await withServer(async (server) => {
    server.refuse('POST', new Response('{"title":"Conflict","detail":"not live"}', {
      status: 409, headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '7' },
    }));
    const client = new WhepClient({ endpoint: '/whep/endpoint/demo' });
    const error = await assertThrows(() => client.play(), 'nobody publishes');
    assertEqual([error.status, error.detail, error.retryAfterSeconds], [409, 'not live', 7]);
    assertEqual(client.state, 'failed');
    assertEqual(server.requestsBy('DELETE').length, 0, 'there is no session to delete');
  });
}

export async function findsANewWayByAnIceRestart() {
  await withServer(async (server) => {
    const client = new WhipClient({ endpoint: ENDPOINT });
    await client.publish(picture());
    await reaches(client, 'connected');
    const before = client.peerConnection.remoteDescription.sdp;
    client.restartIce();
    await reaches(client, 'reconnecting');
    await reaches(client, 'connected');
    const restart = server.requestsBy('PATCH').find((request) => request.headers.get('If-Match') === '*');
    assertTrue(/a=ice-ufrag:/.test(restart.body), 'new credentials are sent');
    const ufrag = (sdp) => sdp.match(/a=ice-ufrag:(.*)\r/)[1];
    assertTrue(ufrag(before) !== ufrag(client.peerConnection.remoteDescription.sdp), 'new credentials are applied');
    await client.stop();
  });
}

export async function endsWhenARestartFindsTheSessionGone() {
  await withServer(async (server) => {
    const client = new WhipClient({ endpoint: ENDPOINT });
    await client.publish(picture());
    await reaches(client, 'connected');
    server.refuse('PATCH', new Response(null, { status: 404 }));
    client.restartIce();
    await reaches(client, 'ended');
    assertEqual(server.requestsBy('DELETE').length, 0, 'nothing is left to delete');
  });
}

export async function endsWithTheServer() {
  await withServer(async (server) => {
    const client = new WhepClient({ endpoint: '/whep/endpoint/demo' });
    await client.play();
    await reaches(client, 'connected');
    server.peer.close();
    await reaches(client, 'ended');
  });
}

export async function leavesNothingBehindWhenStoppedBeforeTheAnswer() {
  await withServer(async (server) => {
    const client = new WhipClient({ endpoint: ENDPOINT });
    const publishing = client.publish(picture());
    await server.firstBy('POST');
    await client.stop();
    assertEqual((await assertThrows(() => publishing, 'stopped')).name, 'AbortError');
    assertEqual(client.state, 'stopped');
    await server.firstBy('DELETE');
  });
}

export async function asksForNothingWhenStoppedAtOnce() {
  await withServer(async (server) => {
    const client = new WhipClient({ endpoint: ENDPOINT });
    const publishing = client.publish(picture());
    client.stop();
    await assertThrows(() => publishing, 'stopped');
    assertEqual(server.requests.length, 0);
  });
}

async function withServer(test) {
  const server = new LoopbackServer();
  try {
    await test(server);
  } finally {
    server.close();
  }
}

async function reaches(client, state) {
  while (client.state !== state) {
    if (['ended', 'failed', 'stopped'].includes(client.state)) {
      throw new Error(`wanted ${state} but is ${client.state}`);
    }
    await new Promise((resolve) => client.addEventListener('statechange', resolve, { once: true }));
  }
}

function picture() {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d').fillRect(0, 0, 10, 10);
  return canvas.captureStream(5);
}
