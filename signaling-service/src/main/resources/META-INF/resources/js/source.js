import { TestPicture } from './test-picture.js';
import { TestTone } from './test-tone.js';

/**
 * Something to publish.
 *
 * @typedef {object} Source
 * @property {MediaStream} stream
 * @property {() => void} close
 */

/**
 * @param {'camera'|'screen'|'canvas'} kind
 * @param {string} title shown in the test picture
 * @returns {Promise<Source>}
 */
export async function openSource(kind, title) {
  switch (kind) {
    case 'canvas':
      return openTestPicture(title);
    case 'screen':
      return captured(await devices().getDisplayMedia({ video: { frameRate: 30 }, audio: true }), 'detail');
    default:
      return captured(await openCamera(), 'motion');
  }
}

/** Whether this browser can capture screens at all; phones cannot. */
export function canCaptureScreen() {
  return !navigator.mediaDevices || 'getDisplayMedia' in navigator.mediaDevices;
}

async function openCamera() {
  const video = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
  try {
    return await devices().getUserMedia({ audio: true, video });
  } catch (error) {
    if (error.name !== 'NotFoundError') {
      throw error;
    }
    // A camera without a microphone is good enough.
    return devices().getUserMedia({ video });
  }
}

function openTestPicture(title) {
  const tone = new TestTone();
  const picture = new TestPicture(title, () => tone.tick());
  return {
    stream: new MediaStream([tone.track, picture.track]),
    close() {
      picture.stop();
      tone.stop();
    },
  };
}

function captured(stream, contentHint) {
  for (const track of stream.getVideoTracks()) {
    track.contentHint = contentHint;
  }
  return {
    stream,
    close() {
      stream.getTracks().forEach((track) => track.stop());
    },
  };
}

function devices() {
  if (!navigator.mediaDevices) {
    throw new DOMException('no media devices on an insecure page', 'InsecureContextError');
  }
  return navigator.mediaDevices;
}
