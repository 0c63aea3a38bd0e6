const LONGEST_MILLIS = 5000;

/**
 * Waits until a session has something to show: its first picture, or its connection where it has
 * only sound, or where no picture comes.
 *
 * @param {import('./peer-session.js').PeerSession} client
 * @param {MediaStream} media
 * @throws {Error} when the session is over before
 */
export async function firstPicture(client, media) {
  await connected(client);
  if (media.getVideoTracks().length === 0) {
    return;
  }
  const hidden = document.createElement('video');
  hidden.muted = true;
  hidden.playsInline = true;
  hidden.srcObject = media;
  try {
    await Promise.race([shown(hidden), over(client), new Promise((resolve) => setTimeout(resolve, LONGEST_MILLIS))]);
  } finally {
    hidden.srcObject = null;
  }
}

async function shown(video) {
  const frame = video.requestVideoFrameCallback
    ? new Promise((resolve) => video.requestVideoFrameCallback(resolve))
    : new Promise((resolve) => video.addEventListener('playing', resolve, { once: true }));
  video.play().catch(() => {});
  await frame;
}

function connected(client) {
  return Promise.race([reached(client, ['connected']), over(client)]);
}

async function over(client) {
  throw new Error(`the session ${await reached(client, ['ended', 'failed', 'stopped'])} before it had a picture`);
}

function reached(client, states) {
  return new Promise((resolve) => {
    const check = () => states.includes(client.state) && resolve(client.state);
    client.addEventListener('statechange', check);
    check();
  });
}
