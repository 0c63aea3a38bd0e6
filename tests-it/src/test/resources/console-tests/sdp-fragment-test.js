import { describeIce, restartAnswer, udpAddresses, writeFragment } from '/js/sdp-fragment.js';
import { assertEqual, assertThrows, assertTrue } from './assert.js';

const lines = (...all) => all.map((line) => `${line}\r\n`).join('');

const OFFER = lines(
  'v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE v a',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 9', 'a=ice-ufrag:abcd', 'a=ice-pwd:audioaudioaudioaudio', 'a=mid:a',
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97', 'a=ice-ufrag:wxyz', 'a=ice-pwd:videovideovideovideo',
  'a=ice-options:trickle', 'a=mid:v');
const ANSWER = lines(
  'v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0 1', 'a=ice-lite',
  'm=audio 9400 UDP/TLS/RTP/SAVPF 111', 'a=ice-ufrag:old1', 'a=ice-pwd:oldoldoldoldoldoldold1', 'a=mid:0',
  'a=candidate:1 1 udp 2130706431 192.0.2.1 9400 typ host', 'a=end-of-candidates',
  'm=video 9400 UDP/TLS/RTP/SAVPF 96', 'a=ice-ufrag:old1', 'a=ice-pwd:oldoldoldoldoldoldold1', 'a=mid:1',
  'a=candidate:1 1 udp 2130706431 192.0.2.1 9400 typ host', 'a=end-of-candidates');

export function writesTheOffererTaggedSectionOnly() {
  const fragment = writeFragment(describeIce(OFFER), ['candidate:1 1 udp 1 192.0.2.1 5 typ host'], false);
  assertEqual(fragment, lines(
    'a=group:BUNDLE v a', 'm=video 9 UDP/TLS/RTP/SAVPF 96', 'a=mid:v', 'a=ice-ufrag:wxyz',
    'a=ice-pwd:videovideovideovideo', 'a=ice-options:trickle', 'a=candidate:1 1 udp 1 192.0.2.1 5 typ host'));
}

export function writesCredentialsOnTheLevelOfTheOffer() {
  const offer = lines('v=0', 'a=ice-ufrag:sess', 'a=ice-pwd:sessionsessionsession1', 'm=audio 9 X 0', 'a=mid:0');
  assertEqual(writeFragment(describeIce(offer), [], false),
    lines('a=ice-ufrag:sess', 'a=ice-pwd:sessionsessionsession1', 'm=audio 9 X 0', 'a=mid:0'));
}

export function marksTheEndOfCandidates() {
  assertTrue(writeFragment(describeIce(OFFER), [], true).endsWith('a=end-of-candidates\r\n'), 'the end is told');
}

export function takesTheFirstSectionWithoutABundle() {
  assertEqual(describeIce(lines('v=0', 'm=audio 9 X 0', 'a=mid:x', 'm=video 9 X 1', 'a=mid:y')).mid, 'x');
}

export function readsLinesThatEndInALineFeedOnly() {
  assertEqual(describeIce(OFFER.replaceAll('\r\n', '\n')), describeIce(OFFER));
}

export async function refusesADescriptionWithoutMedia() {
  await assertThrows(() => describeIce('v=0\r\n'), 'no media');
}

export function replacesCredentialsAndCandidatesOnARestart() {
  const news = lines('a=ice-lite', 'm=audio 9 RTP/AVP 0', 'a=mid:0', 'a=ice-ufrag:new1',
    'a=ice-pwd:newnewnewnewnewnewnew1', 'a=candidate:7 1 udp 1 198.51.100.7 9500 typ host');
  const answer = restartAnswer(ANSWER, news);
  assertTrue(!answer.includes('old1') && !answer.includes('192.0.2.1'), 'nothing old is left');
  assertEqual(answer.match(/a=ice-ufrag:new1/g).length, 2, 'credentials in both sections');
  assertEqual(udpAddresses(answer), ['198.51.100.7:9500']);
  assertEqual(answer.match(/a=candidate:/g).length, 1, 'candidates in the first section');
  assertEqual(answer.match(/a=ice-lite/g).length, 1, 'what is negotiated stays');
}

export function keepsCandidatesWhenARestartNamesNone() {
  const answer = restartAnswer(ANSWER, lines('a=ice-ufrag:new1', 'a=ice-pwd:newnewnewnewnewnewnew1'));
  assertEqual(udpAddresses(answer), ['192.0.2.1:9400']);
}

export function keepsSignsThatMeanSomethingToReplacements() {
  const answer = restartAnswer(ANSWER, lines('a=ice-ufrag:$&$1', "a=ice-pwd:$'$`newnewnewnewnewnew"));
  assertTrue(answer.includes('a=ice-ufrag:$&$1\r\n'), 'the user name is taken as it is');
}

export async function refusesARestartWithoutCredentials() {
  await assertThrows(() => restartAnswer(ANSWER, lines('a=ice-ufrag:new1')), 'no password');
}

export function findsUdpAddressesOnce() {
  const sdp = lines('a=candidate:1 1 UDP 1 2001:db8::1 9400 typ host', 'a=candidate:1 1 tcp 1 192.0.2.1 9 typ host',
    'a=candidate:1 1 udp 1 192.0.2.1 9400 typ host', 'a=candidate:2 1 udp 1 192.0.2.1 9400 typ host');
  assertEqual(udpAddresses(sdp), ['[2001:db8::1]:9400', '192.0.2.1:9400']);
}
