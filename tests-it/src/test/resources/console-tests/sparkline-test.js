import { sparkPoints } from '/js/sparkline.js';
import { assertEqual } from './assert.js';

export function spreadsValuesFromTheLeft() {
  assertEqual(sparkPoints([0, 50, 100], 100, 24, 11), ['0.0,22.0', '10.0,12.0', '20.0,2.0']);
}

export function drawsNothingOnTheFloor() {
  assertEqual(sparkPoints([0, 0], 100, 24, 11), ['0.0,22.0', '10.0,22.0']);
  assertEqual(sparkPoints([], 100, 24, 11), []);
}
