/**
 * What `application/trickle-ice-sdpfrag` bodies are made of and read into (RFC 8840 section 9).
 *
 * With everything bundled, a fragment speaks of one media section only: the offerer-tagged one, the
 * first of the BUNDLE group. Credentials stand on the level on which the offer has them.
 */

/**
 * The part of an offer that its fragments repeat.
 *
 * @typedef {object} IceDescription
 * @property {string} mediaLine such as `m=audio 9 UDP/TLS/RTP/SAVPF 111`
 * @property {string} mid
 * @property {string|null} group the BUNDLE group line
 * @property {string[]} sessionLines ICE attributes on session level
 * @property {string[]} mediaLines ICE attributes on media level
 */

const ICE_ATTRIBUTE = /^a=(ice-ufrag:|ice-pwd:|ice-options:|ice-pacing:|ice-lite$)/;
const CANDIDATE_ATTRIBUTE = /^a=(candidate:|end-of-candidates$)/;

/**
 * @param {string} sdp an offer
 * @returns {IceDescription}
 */
export function describeIce(sdp) {
  const [session, ...sections] = splitSections(sdp);
  const group = session.find((line) => line.startsWith('a=group:BUNDLE')) ?? null;
  const tag = group?.split(/\s+/)[1];
  const tagged = sections.find((section) => midOf(section) === tag) ?? sections[0];
  if (!tagged) {
    throw new Error('the description has no media section');
  }
  const [media, , protocol, format] = tagged[0].split(' ');
  return {
    mediaLine: `${media} 9 ${protocol} ${format}`,
    mid: midOf(tagged) ?? '0',
    group,
    sessionLines: session.filter((line) => ICE_ATTRIBUTE.test(line)),
    mediaLines: tagged.filter((line) => ICE_ATTRIBUTE.test(line)),
  };
}

/**
 * @param {IceDescription} ice
 * @param {string[]} candidates each as `candidate:...`, with or without `a=` in front
 * @param {boolean} isLast whether no further candidate follows
 * @returns {string}
 */
export function writeFragment(ice, candidates, isLast) {
  const lines = [...ice.sessionLines];
  if (ice.group) {
    lines.push(ice.group);
  }
  lines.push(ice.mediaLine, `a=mid:${ice.mid}`, ...ice.mediaLines);
  for (const candidate of candidates) {
    lines.push(candidate.startsWith('a=') ? candidate : `a=${candidate}`);
  }
  if (isLast) {
    lines.push('a=end-of-candidates');
  }
  return lines.map((line) => `${line}\r\n`).join('');
}

/**
 * Puts the server's new ICE session, from the response to an ICE restart, into the answer it gave at
 * first. Nothing but ICE changes. A response without candidates leaves those that are known.
 *
 * @param {string} answer
 * @param {string} fragment
 * @returns {string} the answer to the restarted offer
 */
export function restartAnswer(answer, fragment) {
  const news = splitLines(fragment);
  const ufrag = news.find((line) => line.startsWith('a=ice-ufrag:'));
  const pwd = news.find((line) => line.startsWith('a=ice-pwd:'));
  if (!ufrag || !pwd) {
    throw new Error('the response to the ICE restart has no ice-ufrag or no ice-pwd');
  }
  const candidates = news.filter((line) => line.startsWith('a=candidate:'));
  const replaced = (line) => {
    if (line.startsWith('a=ice-ufrag:')) return [ufrag];
    if (line.startsWith('a=ice-pwd:')) return [pwd];
    return candidates.length > 0 && CANDIDATE_ATTRIBUTE.test(line) ? [] : [line];
  };
  const sections = splitSections(answer).map((section) => section.flatMap(replaced));
  if (candidates.length > 0) {
    const first = sections.findIndex((section, index) => index > 0 && !isRejected(section));
    sections[Math.max(first, 1)]?.push(...new Set(candidates), 'a=end-of-candidates');
  }
  return sections.flat().map((line) => `${line}\r\n`).join('');
}

/**
 * Where a description says that its author can be reached by UDP.
 *
 * @param {string} sdp
 * @returns {string[]} such as `192.0.2.1:9400` or `[2001:db8::1]:9400`
 */
export function udpAddresses(sdp) {
  const addresses = splitLines(sdp).flatMap((line) => {
    const [, , transport, , address, port] = line.split(' ');
    if (!line.startsWith('a=candidate:') || transport?.toLowerCase() !== 'udp') {
      return [];
    }
    return [address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`];
  });
  return [...new Set(addresses)];
}

function splitLines(sdp) {
  return sdp.split(/\r?\n/).filter((line) => line !== '');
}

function splitSections(sdp) {
  const sections = [[]];
  for (const line of splitLines(sdp)) {
    if (line.startsWith('m=')) {
      sections.push([]);
    }
    sections.at(-1).push(line);
  }
  return sections;
}

function midOf(section) {
  return section.find((line) => line.startsWith('a=mid:'))?.slice('a=mid:'.length);
}

function isRejected(section) {
  return section[0].split(' ')[1] === '0';
}
