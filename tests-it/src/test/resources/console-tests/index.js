// Runs the unit tests of the console's modules, in a page of the origin that serves the console:
// import this module there and call run(). Every function that a test module exports is a test.
import * as deepLink from './deep-link-test.js';
import * as diagnosis from './diagnosis-test.js';
import * as encodings from './encodings-test.js';
import * as linkHeader from './link-header-test.js';
import * as liveNumbers from './live-numbers-test.js';
import * as numberFormat from './number-format-test.js';
import * as operators from './operators-test.js';
import * as qualities from './qualities-test.js';
import * as retry from './retry-test.js';
import * as sdpFragment from './sdp-fragment-test.js';
import * as session from './session-test.js';
import * as sessionLoop from './session-loop-test.js';
import * as sessionResource from './session-resource-test.js';
import * as signallingError from './signalling-error-test.js';
import * as sparkline from './sparkline-test.js';
import * as trickle from './trickle-test.js';
import * as whepExtensions from './whep-extensions-test.js';

const MODULES = {
  deepLink, diagnosis, encodings, linkHeader, liveNumbers, numberFormat, operators, qualities, retry, sdpFragment, session,
  sessionLoop, sessionResource, signallingError, sparkline, trickle, whepExtensions,
};

const DEADLINE_MILLIS = 15_000;

/** @returns {Promise<{name: string, failure: string|null}[]>} */
export async function run() {
  const results = [];
  for (const [module, tests] of Object.entries(MODULES)) {
    for (const [test, body] of Object.entries(tests)) {
      let failure = null;
      try {
        await Promise.race([body(), deadline()]);
      } catch (error) {
        failure = error.stack ?? String(error);
      }
      results.push({ name: `${module}.${test}`, failure });
    }
  }
  return results;
}

function deadline() {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('did not come to an end')), DEADLINE_MILLIS);
  });
}
