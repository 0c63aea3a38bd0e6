import { WhepExtensions } from '/js/whep-extensions.js';
import { assertEqual, assertThrows } from './assert.js';

const LINKS = '<stun:s>; rel="ice-server", '
  + '</s/1/events>; rel="urn:ietf:params:whep:ext:core:server-sent-events"; events="active, layers", '
  + '<http://other.example/s/1/layer>; rel="urn:ietf:params:whep:ext:core:layer"';

export function saysWhatTheServerCanDo() {
  const extensions = new WhepExtensions(LINKS, 'http://server.example/s/1');
  assertEqual(extensions.eventNames, ['active', 'layers']);
  assertEqual(extensions.canSelectLayer, true);
  const none = new WhepExtensions('', 'http://server.example/s/1');
  assertEqual([none.eventNames, none.canSelectLayer], [[], false]);
}

export async function asksForTheEventsThatThereAre() {
  const location = new Response(null, { status: 201, headers: { Location: '/s/1/events/2' } });
  await withFetch(location, async (requests) => {
    const source = await new WhepExtensions(LINKS, 'http://server.example/s/1').events(['layers', 'scte35']);
    source.close();
    assertEqual(source.url, 'http://server.example/s/1/events/2');
    assertEqual(requests, [{ url: 'http://server.example/s/1/events', method: 'POST', body: '["layers"]' }]);
  });
}

export async function asksForNoneWhereThereAreNone() {
  await withFetch(null, async (requests) => {
    assertEqual(await new WhepExtensions('', 'http://server.example/').events(['layers']), null);
    assertEqual(requests, []);
  });
}

export async function choosesALayer() {
  await withFetch(new Response(null, { status: 200 }), async (requests) => {
    await new WhepExtensions(LINKS, 'http://server.example/s/1').selectLayer({ rid: 'l' });
    assertEqual(requests, [{ url: 'http://other.example/s/1/layer', method: 'POST', body: '{"rid":"l"}' }]);
  });
}

export async function saysWhyALayerCannotBeHad() {
  const problem = new Response('{"title":"Unprocessable content","detail":"no such rid"}', {
    status: 422, headers: { 'Content-Type': 'application/problem+json' },
  });
  await withFetch(problem, async () => {
    const choice = new WhepExtensions(LINKS, 'http://server.example/s/1').selectLayer({ rid: 'x' });
    const error = await assertThrows(() => choice, 'there is no such layer');
    assertEqual([error.status, error.detail], [422, 'no such rid']);
  });
}

async function withFetch(response, test) {
  const [fetch, requests] = [window.fetch, []];
  window.fetch = async (url, { method, body }) => {
    requests.push({ url: String(url), method, body });
    return Object.defineProperty(response, 'url', { value: String(url) });
  };
  try {
    await test(requests);
  } finally {
    window.fetch = fetch;
  }
}
