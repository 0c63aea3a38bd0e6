// Loads packages that are written for bundlers: CommonJS, one file each, their requirements first.

/** Node's own modules, which code that a page never runs requires. */
const NODE = ['fs', 'http', 'https', 'url'];

const loaded = new Map(NODE.map((name) => [name, Promise.resolve({})]));

/** The exports of a package, as `require` gives them. */
export function load(name) {
  if (!loaded.has(name)) {
    loaded.set(name, run(name));
  }
  return loaded.get(name);
}

async function run(name) {
  const { main = 'index.js' } = JSON.parse(await text(`/npm/${name}/package.json`));
  return module(new URL(main.replace(/\/$/, '/index.js'), `${location.origin}/npm/${name}/`).href);
}

async function text(url) {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url}: ${response.status}`);
  }
  return response.text();
}

async function module(url) {
  const source = await text(url);
  const required = new Map();
  for (const [, name] of source.matchAll(/\brequire\(["']([^"']+)["']\)/g)) {
    required.set(name, name.startsWith('.') ? await sibling(name, url) : await load(name));
  }
  const it = { exports: {} };
  new Function('module', 'exports', 'require', source)(it, it.exports, (name) => required.get(name));
  return it.exports;
}

function sibling(name, from) {
  return module(new URL(name.endsWith('.js') ? name : `${name}.js`, from).href);
}
