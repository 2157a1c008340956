// @ts-check
// Lists that are read when they are wanted, and not pushed: history, recordings, callbacks, leads, destinations.
import { change, local, screen } from './state.js';
import { api, mine, reason, request } from './requests.js';

const PAGE = 50;
const KEPT = 15_000; // milliseconds after which an open list is read again
const AGAIN = 3000; // milliseconds after a failure

const ADDRESS = {
  history: after => api(`history?agent=me&limit=${PAGE}${after ? `&after=${after.call}` : ''}`),
  recordings: () => api('recordings?agent=me&day=today&limit=500'),
  callbacks: () => api('callbacks?agent=me'),
  leads: after =>
    mine(
      `leads?limit=${PAGE}&search=${encodeURIComponent(local.search.trim())}${after ? `&after=${after.lead_id}` : ''}`,
    ),
  destinations: () => mine('destinations'),
};

/** Read a list unless it is new enough. Call it while drawing: it never draws at once. */
export function load(name, { force = false } = {}) {
  const kept = local.lists[name],
    age = performance.now() - (kept?.at ?? -Infinity);
  if (kept?.reading || (!force && age < (kept?.why ? AGAIN : KEPT))) return;
  local.lists[name] = { ...kept, reading: true };
  read(name, local.search);
}

/** Read the rows after the last one. */
export async function more(name) {
  const kept = local.lists[name];
  const answer = await request('GET', ADDRESS[name](kept.rows.at(-1)));
  if (answer.ok && local.lists[name]?.rows === kept.rows) {
    local.lists[name] = { ...kept, rows: [...kept.rows, ...answer.body], end: answer.body.length < PAGE };
    change();
  }
}

/** Read lists again when they are shown next, because the agent has done something. */
export function outdated(...names) {
  for (const name of names) if (local.lists[name]) local.lists[name].at = -Infinity;
  change();
}

async function read(name, search) {
  const answer = await request('GET', ADDRESS[name]());
  const at = performance.now(),
    rows = local.lists[name]?.rows;
  if (name === 'leads' && search !== local.search) {
    local.lists[name] = { rows };
    load(name);
    return;
  }
  local.lists[name] = answer.ok
    ? { rows: answer.body, at, end: answer.body.length < PAGE }
    : { rows, at, why: answer.unknown ? '…' : reason(answer) };
  change();
}

let day = '';

/** Note what the screen says of the day: another call or callback means other lists. */
export function watch() {
  const seen = `${screen.call?.id ?? ''} ${screen.agent?.state} ${screen.callbacks_due} ${screen.last?.status ?? ''}`;
  if (seen !== day) outdated('history', 'recordings', 'callbacks', 'leads');
  day = seen;
}
