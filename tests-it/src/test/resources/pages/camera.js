/** A picture that moves, and a tone. */
export async function camera() {
  const canvas = document.createElement('canvas');
  canvas.width = 320;
  canvas.height = 240;
  const g = canvas.getContext('2d');
  let count = 0;
  setInterval(() => {
    g.fillStyle = '#888';
    g.fillRect(0, 0, canvas.width, canvas.height);
    g.fillStyle = '#fd0';
    g.fillRect((count++ * 4) % canvas.width, 60, 40, 120);
  }, 33);

  const audio = new AudioContext();
  const tone = new OscillatorNode(audio, { frequency: 440 });
  const out = audio.createMediaStreamDestination();
  tone.connect(out);
  tone.start();
  await audio.resume();
  return new MediaStream([...out.stream.getTracks(), ...canvas.captureStream(30).getTracks()]);
}
