/**
 * Numbers about a running session, computed from two consecutive statistics reports. Pure: reports
 * go in, numbers come out. What is not known is null.
 *
 * @typedef {object} LiveNumbers
 * @property {number|null} bitrate audio and video together, bit/s
 * @property {number|null} loss share of the packets since the last report, 0..1
 * @property {number|null} roundTrip milliseconds
 * @property {number|null} jitter of the video, else of the audio, milliseconds
 * @property {number|null} framesPerSecond
 * @property {number|null} width
 * @property {number|null} height
 * @property {string|null} codec of the video, else of the audio, such as `VP8`
 * @property {number|null} packets since the beginning
 * @property {number|null} frames decoded or encoded since the beginning
 * @property {number|null} freezes since the beginning
 * @property {string|null} limitation what limits the quality that is sent: `cpu`, `bandwidth`, ...
 * @property {number} checksSent connectivity checks, over all candidate pairs
 * @property {number} checksAnswered
 * @property {{rid: string, width: number, height: number, framesPerSecond: number, bitrate: number|null}[]} layers
 */

/**
 * @param {'publish'|'watch'} role
 * @param {Map<string, object>} report as `getStats()` gives it
 * @param {Map<string, object>|null} before the report of a moment ago
 * @returns {LiveNumbers}
 */
export function liveNumbers(role, report, before) {
  const all = [...report.values()];
  const isPublish = role === 'publish';
  const streams = all.filter((entry) => entry.type === (isPublish ? 'outbound-rtp' : 'inbound-rtp'));
  const remotes = all.filter((entry) => entry.type === 'remote-inbound-rtp');
  const bytes = isPublish ? 'bytesSent' : 'bytesReceived';
  const videos = streams.filter((entry) => entry.kind === 'video').sort(byHeight);
  const main = videos[0] ?? streams[0];
  const pairs = all.filter((entry) => entry.type === 'candidate-pair');
  return {
    bitrate: rate(streams, before, bytes),
    loss: isPublish ? reportedLoss(remotes) : lossSince(streams, before),
    roundTrip: roundTrip(pairs, remotes),
    jitter: millis((isPublish ? remotes : streams).sort(videoFirst)[0]?.jitter),
    framesPerSecond: main?.framesPerSecond ?? frameRate(main, before, isPublish),
    width: main?.frameWidth ?? null,
    height: main?.frameHeight ?? null,
    codec: codecName(report, main),
    packets: sum(streams, isPublish ? 'packetsSent' : 'packetsReceived'),
    frames: sum(videos, isPublish ? 'framesEncoded' : 'framesDecoded'),
    freezes: isPublish ? null : sum(videos, 'freezeCount'),
    limitation: isPublish ? (main?.qualityLimitationReason ?? null) : null,
    checksSent: sum(pairs, 'requestsSent') ?? 0,
    checksAnswered: sum(pairs, 'responsesReceived') ?? 0,
    layers: videos.filter((video) => video.rid).map((video) => layer(video, before, bytes)),
  };
}

/**
 * What a counter gained per second, by the clock of the reports.
 *
 * @param {object|undefined} now an entry of a report
 * @param {object|undefined} then the same entry, earlier
 * @param {string} counter
 * @returns {number|null}
 */
export function perSecond(now, then, counter) {
  if (!now || !then || !(now.timestamp > then.timestamp)) {
    return null;
  }
  const gain = (now[counter] ?? 0) - (then[counter] ?? 0);
  // A counter that went backwards started anew.
  return gain < 0 ? null : (gain * 1000) / (now.timestamp - then.timestamp);
}

function rate(entries, before, counter) {
  const rates = entries
    .map((entry) => perSecond(entry, before?.get(entry.id), counter))
    .filter((each) => each !== null);
  return rates.length === 0 ? null : rates.reduce((total, each) => total + each, 0) * 8;
}

function lossSince(streams, before) {
  let lost = 0;
  let received = 0;
  for (const now of streams) {
    const then = before?.get(now.id);
    lost += Math.max(0, (now.packetsLost ?? 0) - (then?.packetsLost ?? 0));
    received += Math.max(0, (now.packetsReceived ?? 0) - (then?.packetsReceived ?? 0));
  }
  return lost + received === 0 ? null : lost / (lost + received);
}

function reportedLoss(remotes) {
  const known = remotes.filter((remote) => typeof remote.fractionLost === 'number');
  return known.length === 0 ? null : Math.max(...known.map((remote) => remote.fractionLost));
}

function roundTrip(pairs, remotes) {
  const used = pairs.find((pair) => pair.nominated && pair.state === 'succeeded');
  const seconds = used?.currentRoundTripTime ?? remotes.find((each) => each.roundTripTime)?.roundTripTime;
  return millis(seconds);
}

function frameRate(main, before, isPublish) {
  const counter = isPublish ? 'framesEncoded' : 'framesDecoded';
  return main?.kind === 'video' ? perSecond(main, before?.get(main.id), counter) : null;
}

function codecName(report, main) {
  return report.get(main?.codecId)?.mimeType?.split('/')[1] ?? null;
}

function layer(video, before, bytes) {
  return {
    rid: video.rid,
    width: video.frameWidth ?? 0,
    height: video.frameHeight ?? 0,
    framesPerSecond: video.framesPerSecond ?? 0,
    bitrate: rate([video], before, bytes),
  };
}

function sum(entries, name) {
  const known = entries.filter((entry) => typeof entry[name] === 'number');
  return known.length === 0 ? null : known.reduce((total, entry) => total + entry[name], 0);
}

function millis(seconds) {
  return typeof seconds === 'number' ? seconds * 1000 : null;
}

function byHeight(a, b) {
  return (b.frameHeight ?? 0) - (a.frameHeight ?? 0);
}

function videoFirst(a, b) {
  return Number(b.kind === 'video') - Number(a.kind === 'video');
}
