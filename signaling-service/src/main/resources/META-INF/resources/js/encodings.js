/** How a video is sent: the bitrate limit, and its layers. */

const LAYERS = [
  { rid: 'l', scaleResolutionDownBy: 4, share: 0.08 },
  { rid: 'm', scaleResolutionDownBy: 2, share: 0.24 },
  { rid: 'h', scaleResolutionDownBy: 1, share: 0.68 },
];

/**
 * @param {object} wish
 * @param {number} [wish.maxBitrate] in bit/s, for all layers together
 * @param {boolean} [wish.simulcast]
 * @param {string} [wish.scalabilityMode] such as `L3T3`: layers in one stream. Not for a simulcast.
 * @returns {RTCRtpEncodingParameters[]}
 */
export function videoEncodings({ maxBitrate = 0, simulcast = false, scalabilityMode = '' }) {
  if (!simulcast) {
    return [{ ...(maxBitrate > 0 && { maxBitrate }), ...(scalabilityMode && { scalabilityMode }) }];
  }
  return LAYERS.map(({ rid, scaleResolutionDownBy, share }) => ({
    rid,
    scaleResolutionDownBy,
    // Separate streams also for VP9 and AV1, which would otherwise put layers into one stream.
    scalabilityMode: 'L1T1',
    ...(maxBitrate > 0 ? { maxBitrate: Math.round(maxBitrate * share) } : {}),
  }));
}

/**
 * The codecs to offer when one is chosen: its variants, and what repairs losses.
 *
 * @param {RTCRtpCodec[]} capabilities as the browser lists them
 * @param {string} name such as `VP8`; empty for the browser's own order
 * @returns {RTCRtpCodec[]} empty when the codec is not there
 */
export function offeredCodecs(capabilities, name) {
  const wanted = `video/${name}`.toLowerCase();
  const chosen = capabilities.filter((codec) => codec.mimeType.toLowerCase() === wanted);
  const repair = capabilities.filter((codec) => /^video\/(rtx|red|ulpfec|flexfec-03)$/i.test(codec.mimeType));
  return chosen.length > 0 ? [...chosen, ...repair] : [];
}
