/**
 * Says in plain words what keeps a session from working. Pure: what is known goes in, a sentence and
 * a hint come out.
 *
 * @typedef {object} Evidence
 * @property {'publish'|'watch'} role
 * @property {string} stream name of the stream
 * @property {string} [pageHost] where the page came from
 * @property {boolean} [hasToken]
 * @property {{status?: number, title?: string, detail?: string, name?: string, message?: string}|null} [error]
 *     a SignallingError, or what the browser threw when it was asked for a camera
 * @property {string} [ice] iceConnectionState of the connection
 * @property {string} [dtls] state of the DTLS transport
 * @property {string[]} [serverAddresses] UDP addresses in the answer
 * @property {number} [checksSent] connectivity checks
 * @property {number} [checksAnswered]
 * @property {number} [secondsInState] since the transport last changed its state
 * @property {number|null} [packets] sent or received
 * @property {number|null} [frames] encoded or decoded
 * @property {boolean} [hasVideo] whether video was negotiated
 * @property {number} [silentSeconds] how long no packet has moved
 * @property {number|null} [loss] 0..1
 * @property {string|null} [limitation]
 *
 * @typedef {object} Diagnosis
 * @property {string} code stable, for tests and for links
 * @property {'error'|'warning'} severity
 * @property {string} sentence
 * @property {string} hint
 */

const PATIENCE_SECONDS = 3;
const NOTABLE_LOSS = 0.05;

/**
 * @param {Evidence} evidence
 * @returns {Diagnosis|null} null when nothing is wrong, or nothing can be said yet
 */
export function diagnose(evidence) {
  if (evidence.error) {
    return ofError(evidence.error, evidence);
  }
  const isOverdue = (evidence.secondsInState ?? 0) >= PATIENCE_SECONDS;
  switch (evidence.ice) {
    case 'new':
    case 'checking':
      return isOverdue ? ofIce(evidence) : null;
    case 'disconnected':
    case 'failed':
      return evidence.dtls === 'connected' ? ofLoss(evidence) : ofIce(evidence);
    case 'connected':
    case 'completed':
      return ofDtls(evidence, isOverdue) ?? (isOverdue ? ofMedia(evidence) : null);
    default:
      return null;
  }
}

function ofError(error, evidence) {
  if (typeof error.status === 'number') {
    return ofResponse(error, evidence);
  }
  switch (error.name) {
    case 'NotAllowedError':
      return failure('capture-denied', 'The browser was not allowed to use the camera, microphone or screen.',
        'Allow it in the address bar and start again, or publish the test picture.');
    case 'NotFoundError':
    case 'OverconstrainedError':
      return failure('capture-absent', 'No camera or microphone was found.',
        'Connect one, or publish the test picture.');
    case 'NotReadableError':
      return failure('capture-busy', 'The camera or microphone is in use by another program.',
        'Close that program, or publish the test picture.');
    case 'InsecureContextError':
      return failure('capture-insecure', 'Browsers give out camera and screen only over HTTPS or on localhost.',
        'Open this page by https:// or as localhost. The test picture works everywhere.');
    case 'NotSupportedError':
      return failure('codec-unsupported', error.message || 'This browser cannot do that.',
        'Choose another codec, or leave it on automatic.');
    default:
      return failure('browser', 'The browser could not go on.', error.message ?? String(error));
  }
}

function ofResponse({ status, title, detail }, { role, stream, hasToken }) {
  const said = detail || title || '';
  switch (status) {
    case 0:
      return failure('unreachable', 'The server does not answer over HTTP.',
        'Check that it runs, and that this device can reach it.');
    case 401:
      return hasToken
        ? failure('token-refused', 'The token was not accepted.', said)
        : failure('token-needed', 'The server asks for a token.', 'Fill in the token field.');
    case 403:
      return failure('token-lacks-right', `The token does not allow to ${role} “${stream}”.`, said);
    case 404:
      return failure('not-found', 'The server does not know this stream or session.', said);
    case 406:
      return failure('counter-offer', 'The stream is sent in codecs that this browser does not play.',
        'Publish it in another codec, such as VP8 or H.264.');
    case 409:
      return role === 'publish'
        ? failure('stream-taken', `“${stream}” is being published by somebody else.`,
          'Choose another name, or stop the other publisher.')
        : warning('not-live', `“${stream}” is not live yet.`, 'It starts here as soon as somebody publishes it.');
    case 415:
    case 422:
      return failure('codec-refused', 'The server cannot take the offered codecs or media.',
        said || 'Choose another codec.');
    case 429:
      return failure('too-many', 'Too many requests.', 'Wait a little, then try again.');
    case 503:
      return failure('server-full', 'No media server has room right now.', said);
    default:
      return status >= 500
        ? failure('server-error', 'The server failed.', said || 'Its log says why.')
        : failure('refused', `The server refused the request (${status}).`, said);
  }
}

function ofIce({ serverAddresses = [], checksSent = 0, checksAnswered = 0, pageHost = '' }) {
  const where = serverAddresses.join(', ');
  if (serverAddresses.length === 0) {
    return failure('no-address', 'The server named no UDP address for media.',
      'Start it with --advertise and the address by which this device reaches it.');
  }
  if (checksAnswered > 0) {
    return failure('no-pair', 'The media port answers, but no connection comes about.',
      'A firewall may change or drop packets in one direction.');
  }
  if (serverAddresses.every(isLoopback) && !isLoopback(pageHost)) {
    return failure('loopback-advertised', `The server offers media only to its own machine (${where}).`,
      `Start it with --bind 0.0.0.0, or with --advertise ${pageHost || 'ADDRESS'}.`);
  }
  if (checksSent === 0) {
    return failure('no-local-address', `The browser sent nothing to the media port (UDP ${where}).`,
      'It may have no network, or a setting or extension may forbid it to use UDP.');
  }
  return failure('media-port-silent', `The server’s media port did not answer. UDP ${where} may be blocked,`
    + ' or the advertised address is wrong (--advertise).',
  'Let UDP to that port through, or start the server with the address by which this device reaches it.');
}

function ofLoss({ ice }) {
  return ice === 'failed'
    ? failure('connection-gone', 'The connection to the media server broke, and no other way to it was found.',
      'The network may be down, or the server may have stopped.')
    : warning('connection-lost', 'The connection to the media server was lost.',
      'A new way is being looked for. Nothing needs to be done unless this lasts.');
}

function ofDtls({ dtls }, isOverdue) {
  if (dtls === 'failed') {
    return failure('dtls-failed', 'The encrypted connection was refused (DTLS).',
      'The certificate did not match its fingerprint, or the two have no cipher in common.');
  }
  if (isOverdue && (dtls === 'new' || dtls === 'connecting')) {
    return failure('dtls-stuck', 'The media port answers, but encryption is not agreed upon (DTLS).',
      'Large UDP packets may get lost on the way, or the server is overloaded.');
  }
  return null;
}

function ofMedia({ role, packets, frames, hasVideo = true, silentSeconds = 0, loss, limitation }) {
  const isPublish = role === 'publish';
  if (!packets) {
    return isPublish
      ? failure('nothing-sent', 'Connected, but nothing is being sent.', 'The source gives no pictures. Is it paused?')
      : failure('nothing-received', 'Connected, but no media arrives.',
        'The publisher may be paused or gone. Its own numbers tell.');
  }
  if (hasVideo && frames === 0) {
    return isPublish
      ? failure('nothing-encoded', 'The picture is not being encoded.', 'Choose another codec or a smaller bitrate.')
      : failure('nothing-decoded', 'Media arrives, but there is no picture.',
        'Waiting for a key frame, or this browser cannot decode the codec.');
  }
  if (silentSeconds >= PATIENCE_SECONDS) {
    return isPublish
      ? warning('stalled', 'Nothing is being sent any more.', 'The source has stopped or is paused.')
      : warning('stalled', 'Media has stopped arriving.', 'The publisher is paused or has lost its connection.');
  }
  if ((loss ?? 0) >= NOTABLE_LOSS) {
    return warning('loss', `${Math.round(loss * 100)} % of the packets get lost.`,
      'The network is overloaded or weak. Try a smaller bitrate.');
  }
  if (limitation === 'cpu') {
    return warning('cpu-limited', 'This device is too slow for the full quality.',
      'Try another codec, a smaller source, or no simulcast.');
  }
  return null;
}

function isLoopback(address) {
  const host = address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function failure(code, sentence, hint) {
  return { code, severity: 'error', sentence, hint };
}

function warning(code, sentence, hint) {
  return { code, severity: 'warning', sentence, hint };
}
