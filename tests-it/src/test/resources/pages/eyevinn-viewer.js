import { load } from './commonjs.js';

export async function start(endpoint, token, video) {
  const { WebRTCPlayer } = await load('@eyevinn/webrtc-player');
  const player = new WebRTCPlayer({ video, type: 'whep', iceServers: [] });
  await player.load(new URL(endpoint), token ? `Bearer ${token}` : undefined);
  return { stop: () => player.unload() };
}
