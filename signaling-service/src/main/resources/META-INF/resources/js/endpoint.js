const STREAM_NAME = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/;

/** What the server takes as the name of a stream. */
export function isStreamName(name) {
  return STREAM_NAME.test(name);
}

/** @returns {string} absolute URL, next to the page */
export function whipEndpoint(stream) {
  return new URL(`whip/endpoint/${encodeURIComponent(stream)}`, document.baseURI).href;
}

/** @returns {string} absolute URL, next to the page */
export function whepEndpoint(stream) {
  return new URL(`whep/endpoint/${encodeURIComponent(stream)}`, document.baseURI).href;
}

/** @returns {string} link to this page that plays the stream */
export function watchLink(stream) {
  return new URL(`./?watch=${encodeURIComponent(stream)}`, document.baseURI).href;
}
