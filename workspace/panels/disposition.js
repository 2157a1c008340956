// @ts-check
// The disposition: its key sets the code; a callback takes a time in words; the notes are below.
import { html, nothing } from '../vendor/lit-html.js';
import { change, local, screen } from '../state.js';
import { give } from '../commands.js';
import { reason } from '../requests.js';
import { words } from '../words.js';
import { otherZone, since } from '../times.js';
import { callOf } from '../call_of.js';
import { saveEdits } from './lead_edits.js';
import { goWith, keepDeleted, written } from './notes.js';

/** Draw the codes and the callback's time. */
export function disposition() {
  const codes = screen.codes ?? [],
    { code: chosen, why } = local.dispo;
  return html`<div class="dispo"><div class="lead-head"><h2>${words.dispo.title} <time class="timer">${since(screen.agent.since)}</time></h2>
    ${begins(codes).map(([digit, typed, label]) => html`<button type="button" class="quiet" id="do-keys-${digit}" data-key=${digit} @click=${() => set({ typed })}>${label} <kbd aria-hidden="true">${digit}</kbd></button>`)}</div>
    <div class="codes">${codes.map(one => code(one, chosen))}</div>
    ${time(codes)}
    <p class="bad" role="alert">${why}</p></div>`;
}

/** Return the digits of a key that are typed so far; a page that was loaded before an update has kept none. */
const typedSoFar = () => local.dispo.typed ?? '';

/** Return the rest of a code's key after these digits; "" if the code has no such key. */
const rest = one => (one.key.startsWith(typedSoFar()) ? one.key.slice(typedSoFar().length) : '');

/** Return the digits that begin longer keys, what is typed after each, and its label; 0 leads back where no key goes on with it. */
function begins(codes) {
  const typed = typedSoFar(),
    rests = codes.map(rest),
    whole = new Set(rests);
  const more = [...new Set(rests.filter(keys => keys.length > 1).map(keys => keys[0]))]
    .filter(digit => !whole.has(digit))
    .sort();
  const back = typed && !rests.some(keys => keys.startsWith('0')) ? [['0', '', words.dispo.back]] : [];
  return [...more.map(digit => [digit, typed + digit, words.dispo.other]), ...back];
}

function code(one, chosen) {
  const keys = rest(one),
    digit = keys.length === 1 ? keys : '';
  const needs = one.scheduled_callback ? words.dispo.needsTime : one.notes_required ? words.dispo.needsNotes : '';
  const on = one.status === (chosen || screen.last?.status);
  return html`<button type="button" id="code-${one.status}" class=${on ? 'on' : ''} aria-pressed=${on ? 'true' : 'false'} data-key=${digit || nothing} @click=${() => choose(one)}>
    <span>${one.status_name || one.status}</span>${keys ? html` <kbd aria-hidden="true">${keys}</kbd>` : nothing} <small>${one.status}${needs ? ` · ${needs}` : ''}</small></button>`;
}

/** Draw the callback's time, if the chosen code takes one. */
function time(codes) {
  const { code: chosen, at, mine } = local.dispo;
  const one = codes.find(each => each.status === chosen);
  if (!one?.scheduled_callback) return nothing;
  return html`<form class="when" data-panel @submit=${event => {
    event.preventDefault();
    give_(chosen, { at: at.trim(), mine });
  }}>
    <label for="at">${words.dispo.timeFor(nameOf(chosen), mine)}</label>
    <div class="stop-row"><input id="at" data-first autocomplete="off" placeholder=${words.dispo.whenHint} .value=${at} @input=${event => set({ at: event.target.value, why: '' })}>
      <label class="check"><input type="checkbox" id="mine" .checked=${mine} @change=${event => set({ mine: event.target.checked })}> ${words.dispo.mine}</label>
      <button class="main" id="do-set">${words.dispo.done} <kbd aria-hidden="true">↵</kbd></button></div>
    <div class="quick">${words.dispo.time.map(
      text =>
        html`<button type="button" id="at-${text.replace(/\W/g, '')}" @click=${() => {
          set({ at: text, why: '' });
          document.getElementById('at')?.focus();
        }}>${text}</button>`,
    )}</div>${zoneNote()}</form>`;
}

/** Draw the zone of typed times if this machine's clock has another one. */
export function zoneNote() {
  const zone = otherZone();
  return zone ? html`<p class="soft">${words.dispo.inZone(zone)}</p>` : nothing;
}

/** Return the name of a code. */
export const nameOf = status => screen.codes?.find(one => one.status === status)?.status_name || status;

const set = what => change({ dispo: { ...local.dispo, ...what } });

async function choose(one) {
  if (one.scheduled_callback) {
    set({ code: one.status, why: '' });
    queueMicrotask(() => {
      document.getElementById('at')?.focus();
      show('.when');
    });
  } else if (one.notes_required && !written().trim()) {
    set({ code: one.status, why: words.dispo.notesFor(nameOf(one.status)) });
    document.getElementById('notes')?.focus();
  } else await give_(one.status);
}

/** Give the code with the notes as they are now, after the customer's fields. A refusal is said here, and nothing that was typed is lost. */
async function give_(status, callback) {
  const call = callOf(),
    unsaved = await saveEdits();
  if (unsaved) {
    set({ code: status, why: words.dispo.fieldsFirst(unsaved) });
    queueMicrotask(() => show('[role=alert]'));
    return;
  }
  await keepDeleted();
  const promise = callback && { callback: { at: callback.at, whose: callback.mine ? 'USERONLY' : 'ANYONE' } };
  goWith(call);
  const answer = await give(
    nameOf(status),
    'disposition',
    { status, ...(written() && { notes: written() }), ...promise, undo: true },
    words.begun,
    call,
  );
  if (!answer) return;
  if (!answer.ok && !answer.unstored && !answer.unknown) goWith('');
  set(
    answer.ok || answer.unstored
      ? { code: '', at: '', mine: false, typed: '', why: '' }
      : { why: answer.unknown ? '' : reason(answer) }, // the line at the bottom says what came of it
  );
  if (!answer.ok && !answer.unstored) queueMicrotask(() => show('[role=alert]'));
}

/** Scroll until a part of the disposition is in view. */
const show = part => document.querySelector(`.dispo ${part}`)?.scrollIntoView({ block: 'nearest' });
