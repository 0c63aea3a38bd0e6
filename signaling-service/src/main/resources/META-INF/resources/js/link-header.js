/**
 * Reads the STUN and TURN servers that a server offers in `Link: <...>; rel="ice-server"` headers
 * (RFC 9725 section 4.6). Several headers reach a page joined by commas; commas and semicolons
 * inside quotes belong to the value.
 *
 * @param {string|null} header
 * @returns {RTCIceServer[]}
 */
export function parseIceServers(header) {
  return parseLinks(header ?? '')
    .filter((link) => relations(link).includes('ice-server'))
    .filter((link) => /^(stun|turn)s?:/i.test(link.target))
    .map(iceServer);
}

/**
 * The first link of a relation, such as an extension of WHEP.
 *
 * @param {string|null} header
 * @param {string} relation
 * @returns {{target: string, parameters: Map<string, string>}|null}
 */
export function findLink(header, relation) {
  return parseLinks(header ?? '').find((link) => relations(link).includes(relation.toLowerCase())) ?? null;
}

/**
 * Reads a Link header (RFC 8288). What does not read as a link is skipped.
 *
 * @param {string} header
 * @returns {{target: string, parameters: Map<string, string>}[]}
 */
export function parseLinks(header) {
  const links = [];
  const link = /<([^>]*)>((?:\s*;\s*[^\s=;,"]+\s*(?:=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?)*)/g;
  for (const [, target, parameters] of header.matchAll(link)) {
    links.push({ target: target.trim(), parameters: parseParameters(parameters) });
  }
  return links;
}

function parseParameters(text) {
  const parameters = new Map();
  const parameter = /;\s*([^\s=;,"]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/g;
  for (const [, name, quoted, token] of text.matchAll(parameter)) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) {
      parameters.set(key, quoted === undefined ? (token ?? '') : quoted.replace(/\\(.)/g, '$1'));
    }
  }
  return parameters;
}

function relations(link) {
  return (link.parameters.get('rel') ?? '').toLowerCase().split(/\s+/);
}

function iceServer({ target, parameters }) {
  const server = { urls: target };
  if (parameters.has('username')) {
    server.username = parameters.get('username');
    server.credential = parameters.get('credential') ?? '';
  }
  return server;
}
