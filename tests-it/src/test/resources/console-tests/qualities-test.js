import { QualityMenu, qualities } from '/js/qualities.js';
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
    { rid: 'h', label: '1280 × 720', isSent: true },
    { rid: 'm', label: '640 × 360 (paused)', isSent: false },
    { rid: 'l', label: '320 × 180', isSent: true },
  ]);
}

export function goesByBitrateAndNameWhereSizesAreUnknown() {
  const data = { 0: [{ encodingId: 'q', bitrate: 10 }, { encodingId: 'f', bitrate: 90 }] };
  assertEqual(qualities(data).map(({ rid, label }) => [rid, label]), [['f', 'f'], ['q', 'q']]);
}

export function offersNoChoiceWhereThereIsNone() {
  assertEqual(qualities({}), []);
  assertEqual(qualities({ 1: [{ spatialLayerId: 0, bitrate: 5 }] }), []);
  assertEqual(qualities({ 1: [{ rid: 'only', bitrate: 5 }] }), []);
}

export function keepsTheChoiceWhenTheQualitiesChange() {
  const [select, frame, chosen] = [document.createElement('select'), document.createElement('div'), []];
  const menu = new QualityMenu(select, frame, (rid) => chosen.push(rid));
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
