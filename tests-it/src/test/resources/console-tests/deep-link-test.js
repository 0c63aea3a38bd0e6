import { readDeepLink } from '/js/deep-link.js';
import { assertEqual } from './assert.js';

export function startsTheTestPictureByItself() {
  const link = readDeepLink('?publish=demo&source=canvas&codec=VP8&bitrate=800&simulcast=1');
  assertEqual([link.publish, link.source, link.codec, link.bitrate, link.simulcast], ['demo', 'canvas', 'VP8', 800, true]);
  assertEqual(link.startsPublishing, true);
}

export function neverStartsACameraByItself() {
  assertEqual(readDeepLink('?publish=demo&source=camera').startsPublishing, false);
  assertEqual(readDeepLink('?publish=demo').startsPublishing, false);
  assertEqual(readDeepLink('?source=canvas').startsPublishing, false);
}

export function passesOverWhatItDoesNotKnow() {
  const link = readDeepLink('?watch=../etc&publish=&source=disk&bitrate=-3');
  assertEqual([link.watch, link.publish, link.source, link.bitrate, link.simulcast], [null, null, null, null, null]);
}
