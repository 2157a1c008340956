// @ts-check
// Commands whose success the server could not store in time: the page says whether they count, until their receipts end.
import { callOf } from './call_of.js';
import { change, feedName, local, overview, screen } from './state.js';
import { api, reason, request } from './requests.js';
import { words } from './words.js';

const EACH = 1000; // milliseconds between two looks at a receipt
const CODES = { unrecorded: 'unstored', command_not_done_yet: 'undone', hang_up_waits: 'waits' };

const asked = new Map(); // when each receipt was looked at

/** Return the command that these words gave for this call, if it has not ended. The same press is the same command. */
export const earlier = said => local.unstored.find(one => one.said === said && one.call === callOf());

/** Take an answer that says that a command has not ended; return whether it is one. */
export function isUnstored(answer, { said, key, label, path }) {
  const state = CODES[answer.body?.code],
    receipt = answer.body?.receipt;
  if (!state || !receipt) return false;
  const what = path === 'disposition' ? words.unstored.code(label) : label;
  change({
    unstored: [
      ...local.unstored.filter(one => one.receipt !== receipt),
      { said, key, label, what, why: reason(answer), receipt, state, call: callOf() },
    ],
  });
  return true;
}

/** Look at the receipts; call it after each message of the feed. `tell` shows the line of a command that has ended. */
export function lookAtUnstored(tell) {
  for (const one of local.unstored) if (performance.now() - (asked.get(one.receipt) ?? -EACH) >= EACH) look(one, tell);
}

async function look(one, tell) {
  asked.set(one.receipt, performance.now());
  const answer = await request('GET', api(`receipts/${one.receipt}`));
  const end = ending(answer, one);
  if (!end || !local.unstored.includes(one)) return;
  asked.delete(one.receipt);
  change({ unstored: local.unstored.filter(other => other !== one) });
  tell({ label: one.label, key: one.key, whole: true, ...end });
}

/** Return the end in words. Without a receipt, once the server stores again, the command was lost with its process. */
function ending({ ok, status, body }, { what }) {
  if (ok && body.outcome === null) return null;
  if (ok)
    return body.outcome === 'completed'
      ? { ok: true, text: words.unstored.stored(what) }
      : { ok: false, text: words.unstored.failed(what, body.end.text) };
  const { connected, storage } = (feedName() === 'overview' ? overview : screen).server ?? {};
  return status === 404 && connected && !storage ? { ok: false, text: words.unstored.lost(what) } : null;
}
