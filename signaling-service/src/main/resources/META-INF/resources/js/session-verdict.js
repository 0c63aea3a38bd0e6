/** What the server's words for what is wrong with a session mean, and what to do. docs/operations.md says more. */
const WORDS = {
  ok: 'fine',
  no_stun: 'nothing comes from the client: UDP is blocked, or goes elsewhere',
  wrong_address: 'the client was told addresses of this machine only: set --advertise',
  stun_no_dtls: 'checks come, DTLS does not get through',
  fingerprint_mismatch: 'another certificate than was announced',
  no_media: 'connected, but no media flow',
  no_keyframe: 'no keyframe for long: set the encoder’s keyframe interval',
  loss: 'many packets are lost on the way',
  b_frames: 'the publisher sends B-frames, which browsers cannot play',
};

/** @param {{verdict: string}|undefined} diagnosis @returns {string} empty when nothing is known */
export function verdictText(diagnosis) {
  return diagnosis ? (WORDS[diagnosis.verdict] ?? diagnosis.verdict) : '';
}
