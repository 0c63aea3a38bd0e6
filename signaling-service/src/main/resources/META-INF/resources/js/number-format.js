/** How numbers are shown. An unknown number is a dash. */

const DASH = '–';

export function formatBitrate(bitsPerSecond) {
  if (bitsPerSecond === null) {
    return DASH;
  }
  return bitsPerSecond >= 1e6 ? `${(bitsPerSecond / 1e6).toFixed(2)} Mbit/s` : `${Math.round(bitsPerSecond / 1e3)} kbit/s`;
}

export function formatMillis(millis) {
  if (millis === null) {
    return DASH;
  }
  if (millis >= 10_000) {
    return `${(millis / 1000).toFixed(1)} s`;
  }
  return millis > 0 && millis < 9.95 ? `${millis.toFixed(1)} ms` : `${Math.round(millis)} ms`;
}

export function formatShare(share) {
  if (share === null) {
    return DASH;
  }
  const percent = share * 100;
  return `${percent > 0 && percent < 9.95 ? percent.toFixed(1) : Math.round(percent)} %`;
}

export function formatCount(count) {
  return count === null ? DASH : Math.round(count).toLocaleString('en');
}

export function formatText(text) {
  return text || DASH;
}
