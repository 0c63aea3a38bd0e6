import { diagnose } from '/js/diagnosis.js';
import { assertEqual, assertTrue } from './assert.js';

const about = (evidence) => diagnose({ role: 'watch', stream: 'demo', ...evidence });
const code = (evidence) => about(evidence)?.code ?? null;
const silent = {
  ice: 'checking', secondsInState: 5, checksSent: 9, checksAnswered: 0,
  serverAddresses: ['192.0.2.1:9400'], pageHost: '192.0.2.1',
};
const connected = { ice: 'connected', dtls: 'connected', secondsInState: 5, packets: 100, frames: 30 };

export function namesThePortThatDoesNotAnswer() {
  const found = about(silent);
  assertEqual(found.code, 'media-port-silent');
  assertTrue(found.sentence.includes('UDP 192.0.2.1:9400'), 'the address is named');
  assertTrue(found.sentence.includes('--advertise'), 'the option is named');
}

export function waitsAMomentBeforeItComplains() {
  assertEqual(code({ ...silent, secondsInState: 1 }), null);
  assertEqual(code({ ...silent, secondsInState: 0, ice: 'failed' }), 'media-port-silent');
}

export function seesAnAddressThatOnlyTheServerItselfCanReach() {
  const local = { ...silent, serverAddresses: ['127.0.0.1:9400', '[::1]:9400'] };
  assertEqual(code({ ...local, pageHost: '192.0.2.7' }), 'loopback-advertised');
  assertEqual(code({ ...local, pageHost: 'localhost' }), 'media-port-silent');
  assertEqual(code({ ...local, pageHost: '[::1]' }), 'media-port-silent');
}

export function tellsWhichSideIsSilent() {
  assertEqual(code({ ...silent, serverAddresses: [] }), 'no-address');
  assertEqual(code({ ...silent, checksSent: 0 }), 'no-local-address');
  assertEqual(code({ ...silent, checksAnswered: 2 }), 'no-pair');
}

export function tellsEncryptionFromConnectivity() {
  assertEqual(code({ ...connected, dtls: 'connecting' }), 'dtls-stuck');
  assertEqual(code({ ...connected, dtls: 'connecting', secondsInState: 1 }), null);
  assertEqual(code({ ...connected, dtls: 'failed', secondsInState: 0 }), 'dtls-failed');
}

export function tellsAConnectionThatBrokeFromOneThatNeverWas() {
  assertEqual(code({ ...connected, ice: 'disconnected' }), 'connection-lost');
  assertEqual(code({ ...connected, ice: 'failed' }), 'connection-gone');
  assertEqual(code({ ...silent, ice: 'disconnected', dtls: 'new' }), 'media-port-silent');
}

export function tellsMissingMediaFromMissingPictures() {
  assertEqual(code({ ...connected, packets: 0, frames: null }), 'nothing-received');
  assertEqual(code({ ...connected, packets: null, role: 'publish' }), 'nothing-sent');
  assertEqual(code({ ...connected, frames: 0 }), 'nothing-decoded');
  assertEqual(code({ ...connected, frames: 0, role: 'publish' }), 'nothing-encoded');
  assertEqual(code({ ...connected, frames: 0, hasVideo: false }), null);
  assertEqual(code({ ...connected, silentSeconds: 4 }), 'stalled');
}

export function isSilentWhenAllIsWell() {
  assertEqual(about(connected), null);
  assertEqual(about({ ...connected, loss: 0.01, limitation: 'bandwidth' }), null);
  assertEqual(about({ ice: 'closed' }), null);
  assertEqual(about({}), null);
}

export function warnsOfLossAndOfASlowDevice() {
  assertEqual(about({ ...connected, loss: 0.124 }).sentence, '12 % of the packets get lost.');
  assertEqual(code({ ...connected, limitation: 'cpu' }), 'cpu-limited');
}

export function explainsRefusals() {
  const refused = (status, more = {}) => code({ error: { status, title: '', detail: '' }, ...more });
  assertEqual(refused(0), 'unreachable');
  assertEqual(refused(401), 'token-needed');
  assertEqual(refused(401, { hasToken: true }), 'token-refused');
  assertEqual(refused(403), 'token-lacks-right');
  assertEqual(refused(409), 'not-live');
  assertEqual(refused(409, { role: 'publish' }), 'stream-taken');
  assertEqual([refused(415), refused(422)], ['codec-refused', 'codec-refused']);
  assertEqual(refused(503), 'server-full');
  assertEqual(refused(502), 'server-error');
  assertEqual(refused(418), 'refused');
}

export function passesOnWhatTheServerSays() {
  const found = about({ error: { status: 422, title: 'Unprocessable content', detail: 'no codec in common' } });
  assertEqual(found.hint, 'no codec in common');
}

export function explainsWhatTheBrowserThrows() {
  const thrown = (name) => code({ role: 'publish', error: new DOMException('said', name) });
  assertEqual(thrown('NotAllowedError'), 'capture-denied');
  assertEqual(thrown('NotFoundError'), 'capture-absent');
  assertEqual(thrown('NotReadableError'), 'capture-busy');
  assertEqual(thrown('InsecureContextError'), 'capture-insecure');
  assertEqual(thrown('SyntaxError'), 'browser');
}
