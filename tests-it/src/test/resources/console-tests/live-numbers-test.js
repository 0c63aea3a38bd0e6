import { liveNumbers, perSecond } from '/js/live-numbers.js';
import { assertEqual } from './assert.js';

const report = (...entries) => new Map(entries.map((entry) => [entry.id, entry]));
const video = (more) => ({ id: 'v', type: 'inbound-rtp', kind: 'video', timestamp: 1000, codecId: 'c', ...more });

export function countsPerSecondByTheClockOfTheReports() {
  assertEqual(perSecond({ timestamp: 3000, n: 50 }, { timestamp: 1000, n: 10 }, 'n'), 20);
  assertEqual(perSecond({ timestamp: 3000, n: 50 }, undefined, 'n'), null);
  assertEqual(perSecond({ timestamp: 1000, n: 50 }, { timestamp: 1000, n: 10 }, 'n'), null, 'no time has passed');
  assertEqual(perSecond({ timestamp: 3000, n: 5 }, { timestamp: 1000, n: 10 }, 'n'), null, 'counter started anew');
}

export function addsUpTheBitrateOfAudioAndVideo() {
  const audio = { id: 'a', type: 'inbound-rtp', kind: 'audio' };
  const before = report(video({ bytesReceived: 0 }), { ...audio, timestamp: 1000, bytesReceived: 0 });
  const now = report(video({ timestamp: 2000, bytesReceived: 125_000 }), { ...audio, timestamp: 2000, bytesReceived: 4000 });
  assertEqual(liveNumbers('watch', now, before).bitrate, 1_032_000);
}

export function takesLossSinceTheLastReport() {
  const before = report(video({ packetsReceived: 1000, packetsLost: 500 }));
  const now = report(video({ timestamp: 2000, packetsReceived: 1090, packetsLost: 510 }));
  assertEqual(liveNumbers('watch', now, before).loss, 0.1);
}

export function toleratesALossThatShrinksAsLatePacketsArrive() {
  const before = report(video({ packetsReceived: 100, packetsLost: 5 }));
  const now = report(video({ timestamp: 2000, packetsReceived: 200, packetsLost: 3 }));
  assertEqual(liveNumbers('watch', now, before).loss, 0);
}

export function takesWhatTheServerReportsOfAPublisher() {
  const now = report(
    { id: 'o', type: 'outbound-rtp', kind: 'video', timestamp: 1000, packetsSent: 7, framesEncoded: 3, qualityLimitationReason: 'cpu' },
    { id: 'r', type: 'remote-inbound-rtp', kind: 'video', fractionLost: 0.25, jitter: 0.004 },
    { id: 'p', type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.02, requestsSent: 4, responsesReceived: 3 });
  const numbers = liveNumbers('publish', now, null);
  assertEqual([numbers.loss, numbers.jitter, numbers.roundTrip, numbers.packets, numbers.frames], [0.25, 4, 20, 7, 3]);
  assertEqual([numbers.limitation, numbers.checksSent, numbers.checksAnswered], ['cpu', 4, 3]);
}

export function showsTheLargestLayerOfASimulcast() {
  const layer = (rid, frameHeight, more) =>
    ({ id: rid, type: 'outbound-rtp', kind: 'video', timestamp: 1000, rid, frameHeight, frameWidth: frameHeight * 2, ...more });
  const numbers = liveNumbers('publish', report(layer('l', 180), layer('h', 720, { framesPerSecond: 30 }), layer('m', 360)), null);
  assertEqual([numbers.height, numbers.framesPerSecond], [720, 30]);
  assertEqual(numbers.layers.map((each) => each.rid), ['h', 'm', 'l']);
}

export function knowsTheCodec() {
  const now = report(video({}), { id: 'c', type: 'codec', mimeType: 'video/VP9' });
  assertEqual(liveNumbers('watch', now, null).codec, 'VP9');
}

export function knowsNothingInTheBeginning() {
  const numbers = liveNumbers('watch', new Map(), null);
  assertEqual([numbers.bitrate, numbers.loss, numbers.roundTrip, numbers.codec, numbers.frames], [null, null, null, null, null]);
  assertEqual(numbers.layers, []);
}
