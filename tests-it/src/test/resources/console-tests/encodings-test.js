import { offeredCodecs, videoEncodings } from '/js/encodings.js';
import { assertEqual } from './assert.js';

export function limitsTheBitrateOfOneEncoding() {
  assertEqual(videoEncodings({ maxBitrate: 500_000 }), [{ maxBitrate: 500_000 }]);
  assertEqual(videoEncodings({}), [{}]);
}

export function putsLayersIntoOneEncoding() {
  assertEqual(videoEncodings({ scalabilityMode: 'L3T3', maxBitrate: 5 }), [{ maxBitrate: 5, scalabilityMode: 'L3T3' }]);
}

export function sharesTheBitrateAmongThreeLayers() {
  const layers = videoEncodings({ maxBitrate: 2_000_000, simulcast: true });
  assertEqual(layers.map((layer) => [layer.rid, layer.scaleResolutionDownBy]), [['l', 4], ['m', 2], ['h', 1]]);
  assertEqual(layers.reduce((total, layer) => total + layer.maxBitrate, 0), 2_000_000);
}

export function offersAllVariantsOfACodecAndItsRepair() {
  const codecs = ['VP8', 'rtx', 'H264', 'H264', 'ulpfec'].map((name) => ({ mimeType: `video/${name}` }));
  assertEqual(offeredCodecs(codecs, 'h264').map((codec) => codec.mimeType),
    ['video/H264', 'video/H264', 'video/rtx', 'video/ulpfec']);
  assertEqual(offeredCodecs(codecs, 'AV1'), []);
}
