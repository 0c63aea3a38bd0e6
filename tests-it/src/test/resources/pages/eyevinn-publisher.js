import { camera } from './camera.js';
import { load } from './commonjs.js';

export async function start(endpoint, token) {
  const { WHIPClient } = await load('@eyevinn/whip-web-client');
  const client = new WHIPClient({ endpoint, opts: { iceServers: [], authkey: token } });
  await client.ingest(await camera());
  return { stop: () => client.destroy() };
}
