// @ts-check
// Commands: one at a time, marked when they are pressed, true when the receipt has come.
import { change, local } from './state.js';
import { callOf, toAgent } from './call_of.js';
import { api, reason, request } from './requests.js';
import { earlier, isUnstored, lookAtUnstored } from './unstored.js';
import { words } from './words.js';

const SHOWN = 3; // receipts that stay visible

/** @type {Promise<unknown>} */
let running = Promise.resolve();
let waiting = '';

/** Give a command by its label and address; return the answer, or null if it is under way already. `begun` is said of one that goes on.
 *
 * Another command waits for the one that is under way; one can wait. The same press again, while nobody knows whether the first one arrived, is the same command with the same key.
 * A command about a call is for the one that was there when the agent pressed, `call`. */
export async function give(label, path, body = {}, begun = words.begun, call = callOf()) {
  const address = path.startsWith('../') ? path : toAgent(path, call),
    said = JSON.stringify([address, body]);
  if (local.busy) {
    if (local.busy.said === said || waiting === said) return null;
    if (waiting) {
      warn(label, words.notSent);
      return null;
    }
    waiting = said;
    await running;
    waiting = '';
  }
  const giving = send(label, path, address, body, said, begun);
  running = giving.catch(() => {});
  return giving;
}

async function send(label, path, address, body, said, begun) {
  const again = local.unsure?.said === said ? local.unsure : earlier(said);
  const key = again?.key ?? newKey();
  const began = performance.now();
  change({ busy: { label, said }, unsure: null });
  const answer = await request('POST', address, body, { 'Idempotency-Key': key });
  const ms = Math.round(performance.now() - began);
  if (isUnstored(answer, { said, key, label, path })) {
    change({ busy: null });
    return { ...answer, unstored: true };
  }
  const text = answer.unknown ? words.unknown : answer.ok ? done(answer.body, begun) : reason(answer);
  change({ busy: null, unsure: answer.unknown ? { said, key } : null });
  tell({ label, text, ms, ok: answer.ok, key });
  return answer;
}

/** Show a line about a command, or about a press that is not allowed. A success removes the refusals that are over. */
export function tell(line) {
  change({
    told: [line, ...(line.ok ? local.told.filter(one => one.ok || !isOver(one, line)) : local.told)].slice(0, SHOWN),
  });
}

/** Show a line about something that is lost. Only a success of the same name removes it. */
export function warn(label, text) {
  tell({ label, text, ok: false, key: 'lost' });
}

/** Return whether a success makes a refusal old: one of a press that was never sent, or of the same command. */
const isOver = (refusal, success) => !refusal.key || refusal.label === success.label;

/** A newer screen of the server has decided: ask for the receipt of an unsure command. Without one, it has not begun. */
export async function decided() {
  lookAtUnstored(tell);
  if (!local.unsure || local.unsure.asked) return;
  const asked = { ...local.unsure, asked: true },
    { key } = asked;
  change({ unsure: asked });
  const { ok, status, unknown, body } = await request('GET', api(`receipts/key:${key}`));
  const goesOn = local.unsure === asked;
  if (!ok) {
    if (status === 404)
      change({
        told: local.told.map(line => (line.key === key ? { ...line, text: words.notArrived, ms: undefined } : line)),
      }); // the key stays for the same press: it may be on its way
    else if (goesOn && (unknown || status >= 500)) change({ unsure: { ...asked, asked: false } });
    return;
  }
  if (goesOn) change({ unsure: null });
  const failed = body.outcome !== null && body.outcome !== 'completed',
    why = failed && body.cause ? `, ${body.cause}` : '';
  change({
    told: local.told.map(line =>
      line.key === key ? { ...line, text: done(body) + why, ok: !failed, ms: undefined } : line,
    ),
  });
}

function done(receipt, begun = words.begun) {
  if (receipt.outcome === undefined) return words.done;
  return receipt.outcome === null ? begun : (words.outcomes[receipt.outcome] ?? receipt.outcome);
}

/** Return a new idempotency key; randomUUID is missing where the page is not secure. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
