import { isStreamName } from './endpoint.js';

const SOURCES = ['camera', 'screen', 'canvas'];

/**
 * What a link to the console asks for. Only the test picture starts by itself: a link must not turn
 * on somebody's camera.
 *
 * @param {string} search such as `?publish=demo&source=canvas`
 * @returns {{watch: string|null, publish: string|null, source: string|null, codec: string|null,
 *     bitrate: number|null, simulcast: boolean|null, startsPublishing: boolean}}
 */
export function readDeepLink(search) {
  const query = new URLSearchParams(search);
  const publish = streamName(query.get('publish'));
  const source = SOURCES.includes(query.get('source')) ? query.get('source') : null;
  const bitrate = Number(query.get('bitrate'));
  return {
    watch: streamName(query.get('watch')),
    publish,
    source,
    codec: query.get('codec'),
    bitrate: Number.isInteger(bitrate) && bitrate > 0 ? bitrate : null,
    simulcast: query.has('simulcast') ? /^(1|on|true|)$/.test(query.get('simulcast')) : null,
    startsPublishing: publish !== null && source === 'canvas',
  };
}

function streamName(text) {
  return text !== null && isStreamName(text) ? text : null;
}
