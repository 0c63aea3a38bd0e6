/** A drawn picture that moves, and the browser's synthetic microphone. */
export async function camera() {
  const canvas = document.createElement('canvas');
  canvas.width = 320;
  canvas.height = 240;
  const g = canvas.getContext('2d');
  let count = 0;
  setInterval(() => {
    g.fillStyle = '#444';
    g.fillRect(0, 0, canvas.width, canvas.height);
    g.fillStyle = '#fd0';
    g.fillRect((count++ * 4) % canvas.width, 60, 40, 120);
  }, 33);
  const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
  return new MediaStream([...sound.getTracks(), ...canvas.captureStream(30).getTracks()]);
}
