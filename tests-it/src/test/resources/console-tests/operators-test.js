import { LiveTable } from '/js/live-table.js';
import { OperatorApi, OperatorError } from '/js/operator-api.js';
import { SessionCurves } from '/js/session-curves.js';
import { verdictText } from '/js/session-verdict.js';
import { assertEqual, assertThrows, assertTrue } from './assert.js';

function answering(status, body) {
  const asked = [];
  const send = async (url, options) => {
    asked.push({ url, method: options.method, authorization: options.headers.Authorization ?? null, body: options.body ?? null });
    return { ok: status < 400, status, text: async () => body };
  };
  return { asked, send };
}

export async function sendsTheTokenThatIsFilledIn() {
  const { asked, send } = answering(200, '{"nodes":[{"node":"a"}]}');
  let token = '';
  const api = new OperatorApi(() => token, send);
  assertEqual(await api.nodes(), [{ node: 'a' }]);
  token = 'secret';
  await api.nodes();
  assertEqual(asked.map((request) => request.authorization), [null, 'Bearer secret']);
}

export async function namesGoIntoPathsAsTheyAre() {
  const { asked, send } = answering(204, '');
  const api = new OperatorApi(() => '', send);
  await api.endStream('a/b?c');
  await api.drain('node 1', '60');
  await api.drain('node 1', 'never');
  await api.takeSessions('node 1');
  assertEqual(asked.map(({ method, url }) => `${method} ${url}`), [
    'DELETE api/v1/streams/a%2Fb%3Fc',
    'POST api/v1/nodes/node%201/drain?within=60',
    'POST api/v1/nodes/node%201/drain?within=never',
    'DELETE api/v1/nodes/node%201/drain',
  ]);
}

export async function asksForSomeSessions() {
  const { asked, send } = answering(200, '{"sessions":[],"total":0}');
  await new OperatorApi(() => '', send).sessions('studio', 'open');
  assertEqual(asked[0].url, 'api/v1/sessions?limit=200&stream=studio&state=open');
}

export async function saysWhyItWasRefused() {
  const api = new OperatorApi(() => '', answering(403, '{"detail":"the credentials do not allow to administer"}').send);
  const refused = await assertThrows(() => api.streams(), 'a refusal');
  assertTrue(refused instanceof OperatorError && refused.isRefusal, 'is a refusal');
  assertEqual(refused.message, 'the credentials do not allow to administer');
  const broken = await assertThrows(() => new OperatorApi(() => '', answering(502, '<html>').send).streams(), 'a failure');
  assertEqual(broken.message, 'the server answers 502');
}

export function rowsStayTheSameElements() {
  const element = document.createElement('table');
  element.innerHTML = '<tbody></tbody>';
  const table = new LiveTable(element, 'thing');
  const show = (...items) => table.show(items, (item) => item.id, (item) => [item.id, item.text]);
  show({ id: 'a', text: '1' }, { id: 'b', text: '2' });
  const [first, second] = element.tBodies[0].rows;
  show({ id: 'b', text: '3' }, { id: 'a', text: '<b>' });
  assertTrue(element.tBodies[0].rows[0] === second && element.tBodies[0].rows[1] === first, 'moved, not made anew');
  assertEqual(first.cells[1].textContent, '<b>', 'text is text');
  show({ id: 'b', text: '3' });
  assertEqual(element.tBodies[0].rows.length, 1);
}

export function saysWhatIsWrongWithASession() {
  assertEqual(verdictText(undefined), '');
  assertTrue(verdictText({ verdict: 'wrong_address' }).includes('--advertise'), 'says what to do');
  assertEqual(verdictText({ verdict: 'a_later_word' }), 'a_later_word');
}

export function drawsWhatIsMeasuredOfASession() {
  const curves = new SessionCurves();
  const session = { id: 'a', role: 'subscriber', stream: 'studio', state: 'open', diagnosis: { verdict: 'loss', bitrate: 1_200_000, loss: 0.07 } };
  const [bitrate, loss, roundTrip] = curves.cells(session);
  assertEqual([bitrate, loss, roundTrip].map((cell) => cell.textContent), ['1.20 Mbit/s', '7.0 %', '–']);
  curves.cells({ ...session, diagnosis: { verdict: 'ok', bitrate: 600_000, loss: 0, roundTripMillis: 40 } });
  assertEqual(bitrate.querySelector('polyline').getAttribute('points').split(' ').length, 2, 'two points of one curve');
  assertEqual(roundTrip.textContent, '40 ms');
  curves.keep([]);
  assertTrue(curves.cells(session)[0] !== bitrate, 'begins anew');
}
