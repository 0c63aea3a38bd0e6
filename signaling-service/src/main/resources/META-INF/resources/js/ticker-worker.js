// Ticks from a worker, for pages in the background are not allowed to tick that fast.
self.addEventListener('message', ({ data }) => {
  setInterval(() => self.postMessage(null), data.intervalMillis);
});
