import { sessionUrl } from '/js/session-resource.js';
import { assertEqual } from './assert.js';

const ENDPOINT = 'https://live.example.net:8443/whip/endpoint/a';

export function takesTheLocationAsItIs() {
  assertEqual(sessionUrl('https://node-3.example.net/r/1', ENDPOINT), 'https://node-3.example.net/r/1');
  assertEqual(sessionUrl('/r/1', ENDPOINT), 'https://live.example.net:8443/r/1');
  assertEqual(sessionUrl('http://localhost:8080/r/1', 'http://localhost:8080/e'), 'http://localhost:8080/r/1');
}

export function asksTheTlsProxyOfAServerThatDoesNotKnowItsProxy() {
  assertEqual(sessionUrl('http://live.example.net/r/1', ENDPOINT), 'https://live.example.net:8443/r/1');
}

export function leavesAnotherHostAlone() {
  assertEqual(sessionUrl('http://other.example.net/r/1', ENDPOINT), 'http://other.example.net/r/1');
}
