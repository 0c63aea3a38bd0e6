// Frames from ffmpeg, in real time: a moving picture as H.264, a tone as Opus.

import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';

const QUIET = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-re'];
const RTP_HEADER = 12;

/** Calls back with each access unit, its NAL units behind start codes of four bytes; gives the function that ends it. */
export function accessUnits(onUnit) {
  const program = spawn(
    'ffmpeg',
    [...QUIET, '-f', 'lavfi', '-i', 'testsrc2=size=320x240:rate=30', '-c:v', 'libx264', '-preset', 'ultrafast',
      '-tune', 'zerolatency', '-profile:v', 'baseline', '-g', '30', '-bf', '0', '-b:v', '400k',
      '-x264-params', 'aud=1:repeat-headers=1:sliced-threads=0:scenecut=0', '-pix_fmt', 'yuv420p', '-f', 'h264', 'pipe:1'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  // Each access unit begins with a delimiter, and is complete when the next one begins.
  const delimiter = Buffer.from([0, 0, 0, 1, 9]);
  let pending = Buffer.alloc(0);
  program.stdout.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const next = pending.indexOf(delimiter, delimiter.length);
      if (next < 0) {
        return;
      }
      onUnit(longStartCodes(pending.subarray(0, next)));
      pending = pending.subarray(next);
    }
  });
  return () => program.kill();
}

/** Start codes may have three bytes or four; the packetizer wants one form. */
function longStartCodes(unit) {
  const parts = [];
  let from = 0;
  for (let at = unit.indexOf('000001', 0, 'hex'); at >= 0; at = unit.indexOf('000001', at + 3, 'hex')) {
    parts.push(unit.subarray(from, at > 0 && unit[at - 1] === 0 ? at - 1 : at), Buffer.from([0, 0, 0, 1]));
    from = at + 3;
  }
  parts.push(unit.subarray(from));
  return Buffer.concat(parts);
}

/** Calls back with each Opus packet and its RTP timestamp; gives the function that ends it. */
export function opusPackets(onPacket) {
  const socket = createSocket('udp4');
  let program;
  socket.bind(0, '127.0.0.1', () => {
    program = spawn(
      'ffmpeg',
      [...QUIET, '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000', '-c:a', 'libopus', '-b:a', '48k', '-ac', '2',
        '-f', 'rtp', `rtp://127.0.0.1:${socket.address().port}`],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
  });
  socket.on('message', (packet) => onPacket(packet.subarray(RTP_HEADER), packet.readUInt32BE(4)));
  return () => {
    program?.kill();
    socket.close();
  };
}
