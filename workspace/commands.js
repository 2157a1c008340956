// @ts-check
// Commands: one at a time, marked when they are pressed, true when the receipt has come.
import { change, local, screen } from './state.js';
import { callOf, toAgent } from './call_of.js';
import { api, reason, request } from './requests.js';
import { earlier, isUnstored, lookAtUnstored } from './unstored.js';
import { words } from './words.js';

const SHOWN = 3; // receipts that stay visible
const LOOK_EACH = 1000; // milliseconds between two looks at a receipt
const AFTER_CALL = new Set(['disposition', 'notes']); // commands that are about a call after its end

/** @type {Promise<unknown>} */
let running = Promise.resolve();
let waiting = '';
let lines = 0; // how many lines were shown so far

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
  const giving = send({ label, path, body, call }, address, said, begun);
  running = giving.catch(() => {});
  return giving;
}

async function send({ label, path, body, call }, address, said, begun) {
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
  change({ busy: null, unsure: answer.unknown ? { said, key } : null });
  const line = { label, ms, key, call: AFTER_CALL.has(path) ? '' : call, again: { label, path, body } };
  if (!answer.ok) tell({ ...line, text: answer.unknown ? words.unknown : reason(answer), ok: false });
  else tell({ ...line, ...ended(answer.body, begun) });
  if (answer.ok && answer.body?.outcome === null) change({ followed: [...local.followed, answer.body.id] });
  return answer;
}

/** Show a line about a command, or about a press that is not allowed. A success removes the refusals that are over. */
export function tell(line) {
  change({
    told: [
      { ...line, place: ++lines },
      ...(line.ok ? local.told.filter(one => one.ok || !isOver(one, line)) : local.told),
    ].slice(0, SHOWN),
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
  correct(line => line.key === key, body);
  if (body.outcome === null) change({ followed: [...local.followed, body.id] });
}

/** A newer screen of the server has come: ask for the receipts of commands that went on, unless the call still shows them in progress. */
export async function followReceipts() {
  dropOldLines();
  const asked = local.followed.filter(id => id !== screen.call?.receipt?.id && !looked.has(id));
  await Promise.all(asked.map(followReceipt));
}

const looked = new Set(); // receipts that are asked for, or were less than LOOK_EACH ago

async function followReceipt(id) {
  looked.add(id);
  const answer = await request('GET', api(`receipts/${id}`)),
    { ok, body } = answer;
  if (ok ? body.outcome === null : isPassing(answer)) {
    setTimeout(lookAgain, LOOK_EACH, id);
    return;
  }
  looked.delete(id);
  change({ followed: local.followed.filter(other => other !== id) });
  if (ok) correct(line => line.id === id, body);
  else fail(id, answer.status === 404 ? words.noRecord : reason(answer));
}

function lookAgain(id) {
  looked.delete(id);
  followReceipts();
}

/**
 * Return whether a receipt may still be there: a server that has just begun does not know its receipts yet.
 * @param {import('./requests.js').Answer} answer
 */
const isPassing = ({ unknown, status }) =>
  unknown || status >= 500 || status === 429 || (status === 404 && !screen.server?.connected);

/** Let the line of a command whose end nobody will tell say so. */
function fail(id, text) {
  change({ told: local.told.map(line => (line.id === id ? { ...line, text, ok: false } : line)) });
}

/** Let a line say what the receipt says. */
function correct(isOf, receipt) {
  change({ told: local.told.map(line => (isOf(line) ? { ...line, ...ended(receipt), ms: undefined } : line)) });
}

/** A refusal ends with its call, and every line with the next call. Whether somebody was reached stays until the code. */
function dropOldLines() {
  const live = screen.call?.id ?? '';
  const isOld = line => {
    const call = line.whole ? callOf() : live;
    return line.call && line.call !== call && (call || !line.ok) && line.key !== 'lost';
  };
  if (local.told.some(isOld)) change({ told: local.told.filter(line => !isOld(line)) });
}

/** Return what a line says of a receipt: its id, a text, and whether the command has done what it is for, or goes on. */
function ended(receipt, begun = words.begun) {
  const { id, outcome, end } = receipt ?? {};
  if (outcome === undefined) return { id, text: words.done, ok: true };
  if (outcome === null) return { id, text: begun, ok: true };
  const whole = /^(third|customer)_/.test(end.code);
  return { id, text: end.text, ok: outcome === 'completed', whole, ...(whole && { call: receipt.call }) };
}

/** Return a new idempotency key; randomUUID is missing where the page is not secure. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
