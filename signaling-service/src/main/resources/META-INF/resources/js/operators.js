import { OperatorApi, OperatorError } from './operator-api.js';
import { NodesTable, RevocationsTable, SessionsTable, StreamsTable } from './operator-tables.js';

const REFRESH_MILLIS = 2000;

const byId = (id) => document.getElementById(id);
const token = byId('operators-token');
const status = byId('operators-status');
const stream = byId('sessions-stream');
const state = byId('sessions-state');
const api = new OperatorApi(() => token.value.trim());
const nodes = new NodesTable();
const streams = new StreamsTable();
const sessions = new SessionsTable();
const revocations = new RevocationsTable();

let isBusy = false;
let isWanted = false;

function say(name, text) {
  status.dataset.state = name;
  if (status.textContent !== text) {
    status.textContent = text;
  }
}

async function refresh() {
  if (isBusy) {
    isWanted = true;
    return;
  }
  isBusy = true;
  try {
    const [allNodes, allStreams, page, revoked] = await Promise.all([
      api.nodes(),
      api.streams(),
      api.sessions(stream.value.trim(), state.value),
      api.revocations(),
    ]);
    nodes.show(allNodes, api, perform);
    streams.show(allStreams, api, perform, choose);
    sessions.show(page.sessions, api, perform);
    revocations.show(revoked, api, perform);
    byId('sessions-total').textContent =
      page.total > page.sessions.length ? `the newest ${page.sessions.length} of ${page.total}` : '';
    say('current', 'Up to date');
  } catch (failure) {
    explain(failure);
  } finally {
    isBusy = false;
    if (isWanted) {
      isWanted = false;
      refresh();
    }
  }
}

function explain(failure) {
  if (failure instanceof OperatorError && failure.isRefusal) {
    say('refused', failure.message);
  } else {
    say('stale', failure instanceof OperatorError ? failure.message : 'The server cannot be reached; what is shown is old');
  }
}

async function perform(what, question) {
  if (question && !confirm(question)) {
    return;
  }
  try {
    await what();
    await refresh();
  } catch (failure) {
    explain(failure);
  }
}

function choose(name) {
  stream.value = name;
  refresh();
}

token.addEventListener('change', refresh);
stream.addEventListener('input', refresh);
state.addEventListener('change', refresh);
byId('revoke-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const kind = byId('revoke-kind').value;
  const value = byId('revoke-value').value.trim();
  perform(() => api.revoke(kind, value, Number(byId('revoke-seconds').value)), `Revoke ${kind} ${value}, and end its sessions?`);
});
setInterval(() => document.hidden || refresh(), REFRESH_MILLIS);
document.body.dataset.ready = 'true';
refresh();
