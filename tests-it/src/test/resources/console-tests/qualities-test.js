import { layerChoice, QualityMenu, qualities } from '/js/qualities.js';
import { assertEqual } from './assert.js';

const LAYERS = {
  1: [
    { rid: 'l', encodingId: 'l', bitrate: 150000, width: 320, height: 180 },
    { rid: 'h', encodingId: 'h', bitrate: 1200000, width: 1280, height: 720 },
    { rid: 'm', encodingId: 'm', width: 640, height: 360 },
  ],
};

export function listsTheBestQualityFirst() {
  assertEqual(qualities(LAYERS), [
    { value: 'h', label: '1280 × 720', isSent: true },
    { value: 'm', label: '640 × 360 (paused)', isSent: false },
    { value: 'l', label: '320 × 180', isSent: true },
  ]);
}

export function goesByBitrateAndNameWhereSizesAreUnknown() {
  const data = { 0: [{ encodingId: 'q', bitrate: 10 }, { encodingId: 'f', bitrate: 90 }] };
  assertEqual(qualities(data).map(({ value, label }) => [value, label]), [['f', 'f'], ['q', 'q']]);
}

export function offersNoChoiceWhereThereIsNone() {
  assertEqual(qualities({}), []);
  assertEqual(qualities({ 1: [{ spatialLayerId: 0, bitrate: 5 }] }), []);
  assertEqual(qualities({ 1: [{ rid: 'only', bitrate: 5 }] }), []);
}

export function listsTheSpatialLayersOfOneEncoding() {
  const data = { 1: [] };
  for (const spatialLayerId of [1, 0]) {
    for (const temporalLayerId of [2, 1, 0]) {
      const size = { width: 640 << spatialLayerId, height: 360 << spatialLayerId };
      data[1].push({ spatialLayerId, temporalLayerId, bitrate: 1000 * (temporalLayerId + 1), ...size });
    }
  }
  assertEqual(qualities(data), [
    { value: '/1', label: '1280 × 720', isSent: true },
    { value: '/0', label: '640 × 360', isSent: true },
  ]);
}

export function listsAnEncodingOnceThatHasTemporalLayersOnly() {
  const data = { 1: ['f', 'q'].flatMap((rid) => [1, 0].map((temporalLayerId) => (
    { rid, spatialLayerId: 0, temporalLayerId, bitrate: rid === 'f' ? 9000 - temporalLayerId : 0 }))) };
  assertEqual(qualities(data), [
    { value: 'f', label: 'f', isSent: true },
    { value: 'q', label: 'q (paused)', isSent: false },
  ]);
}

export function asksForWhatWasChosen() {
  assertEqual(layerChoice(''), {});
  assertEqual(layerChoice('h'), { rid: 'h' });
  assertEqual(layerChoice('/0'), { spatialLayerId: 0 });
  assertEqual(layerChoice('h/2'), { rid: 'h', spatialLayerId: 2 });
}

export function keepsTheChoiceWhenTheQualitiesChange() {
  const [select, frame, chosen] = [document.createElement('select'), document.createElement('div'), []];
  const menu = new QualityMenu(select, frame, (value) => chosen.push(value));
  menu.show(qualities(LAYERS));
  assertEqual(frame.hidden, false);
  assertEqual([...select.options].map((option) => option.value), ['', 'h', 'm', 'l']);

  select.value = 'm';
  select.dispatchEvent(new Event('change'));
  menu.show(qualities(LAYERS));
  assertEqual([select.value, chosen], ['m', ['m']]);

  menu.clear();
  assertEqual([select.value, frame.hidden], ['', true]);
}
