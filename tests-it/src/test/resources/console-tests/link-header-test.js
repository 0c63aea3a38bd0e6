import { parseIceServers, parseLinks } from '/js/link-header.js';
import { assertEqual } from './assert.js';

export function readsStunAndTurnServers() {
  const header = '<stun:stun.example.net>; rel="ice-server", '
    + '<turn:turn.example.net?transport=udp>; rel="ice-server"; username="user"; credential="secret"';
  assertEqual(parseIceServers(header), [
    { urls: 'stun:stun.example.net' },
    { urls: 'turn:turn.example.net?transport=udp', username: 'user', credential: 'secret' },
  ]);
}

export function keepsCommasSemicolonsAndEscapedQuotesOfACredential() {
  const header = '<turns:t>; rel=ice-server; username="a,b;c"; credential="x\\"y, <z>; rel=no"';
  assertEqual(parseIceServers(header), [{ urls: 'turns:t', username: 'a,b;c', credential: 'x"y, <z>; rel=no' }]);
}

export function passesOverOtherRelationsAndSchemes() {
  const header = '<https://example.net/events>; rel="urn:ietf:params:whep:ext:core:layer", '
    + '<https://example.net>; rel="ice-server", <stun:s>; rel="next ice-server"';
  assertEqual(parseIceServers(header), [{ urls: 'stun:s' }]);
}

export function findsNothingWhereThereIsNothing() {
  assertEqual(parseIceServers(null), []);
  assertEqual(parseIceServers('nonsense; <'), []);
}

export function takesTheFirstOfTwoEqualParameters() {
  assertEqual(parseLinks('<a>; REL=x; rel=y')[0].parameters.get('rel'), 'x');
}
