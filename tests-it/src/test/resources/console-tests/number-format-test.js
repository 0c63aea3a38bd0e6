import { formatBitrate, formatCount, formatMillis, formatShare } from '/js/number-format.js';
import { assertEqual } from './assert.js';

export function formatsBitrates() {
  assertEqual([0, 999_400, 1_234_567].map(formatBitrate), ['0 kbit/s', '999 kbit/s', '1.23 Mbit/s']);
}

export function formatsTimes() {
  assertEqual([0, 3.24, 42.4, 9_999, 12_345].map(formatMillis), ['0 ms', '3.2 ms', '42 ms', '9999 ms', '12.3 s']);
}

export function formatsSharesAsPercent() {
  assertEqual([0, 0.004, 0.25].map(formatShare), ['0 %', '0.4 %', '25 %']);
}

export function showsADashForWhatIsNotKnown() {
  assertEqual([formatBitrate, formatMillis, formatShare, formatCount].map((format) => format(null)), Array(4).fill('–'));
}
