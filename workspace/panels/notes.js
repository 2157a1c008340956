// @ts-check
// The notes of the call. They are the server's at most 2 s after they were typed, and so survive a reload.
// The tabs of a browser share them with each letter; another browser gets them when they are saved.
import { html } from '../vendor/lit-html.js';
import { change, local, now, screen, stage } from '../state.js';
import { callOf, toAgent } from '../call_of.js';
import { warn } from '../commands.js';
import { agentFeed } from '../feed.js';
import { reveal } from '../focus.js';
import { request } from '../requests.js';
import { words } from '../words.js';

const EACH = 2000; // milliseconds between two requests of this page
const SHOW_EACH = 1000; // milliseconds between two messages to the others in the call
const LONGEST = 2000;
const UNSENDABLE = /[\x00-\x08\x0b-\x1f\x7f]|\p{Surrogate}/gu; // tabs and line feeds stay; a surrogate alone is half a character
const NEARLY = 3000,
  SOON = 250; // milliseconds: so long before the end of the wrap-up, what is typed is sent at once
const SHOWN = 60; // letters of notes that were lost
const LATER = 4000; // milliseconds after which a tab sends what another tab typed and has not saved
const tabs = globalThis.BroadcastChannel ? new BroadcastChannel('warmline-notes') : null;
let timer = 0,
  showing = 0,
  sent = -Infinity,
  sending = Promise.resolve(),
  given = ''; // given: the call and the notes of the last code

/** Return how many characters are too many. */
const excess = text => [...text].length - LONGEST;

/** Draw the notes. They stay in the page, hidden where they are not used, so that the focus is never lost. */
export function notes(wanted) {
  const { text, kept, failed, late } = local.notes,
    shown = wanted && (stage() === 'call' || stage() === 'dispo');
  const status =
    excess(text) > 0
      ? words.notes.tooLong(excess(text))
      : late && text !== kept
        ? words.notes.late
        : failed
          ? words.notes.failed
          : text !== kept
            ? words.notes.typing
            : text
              ? words.notes.kept
              : words.notes.empty;
  return html`<div class="notes" ?hidden=${!shown}><div class="notes-head"><label for="notes">${words.notes.title}</label><kbd aria-hidden="true">N</kbd>
    <button type="button" class="unseen" tabindex="-1" id="do-notes" data-key="n" @click=${() => reveal(document.getElementById('notes'))}>${words.notes.title}</button>
    <small id="notes-status" class=${failed || excess(text) > 0 || (late && text !== kept) ? 'bad' : ''}>${status}</small></div>
    <textarea id="notes" rows="3" aria-describedby="notes-status" aria-invalid=${excess(text) > 0 ? 'true' : 'false'} .value=${text} @input=${event => typed(event.target.value)}></textarea></div>`;
}

/** Take what is typed. Control characters and halves of characters become spaces: the server takes none, and would end the feed. */
function typed(text) {
  change({ notes: { ...local.notes, text: text.replace(UNSENDABLE, ' ') } });
  share();
  showOthers();
  plan();
}

/** Show what is typed to all who are in the call, at most once a second. Nothing is saved by that. */
function showOthers() {
  showing ||= setTimeout(() => {
    showing = 0;
    const { text, call } = local.notes;
    if (excess(text) <= 0) agentFeed.send({ typed: { call, notes: text } });
  }, SHOW_EACH);
}

/** Tell the other tabs of this browser what the notes are now, and what the server has of them. */
function share() {
  const { text, kept, call } = local.notes;
  tabs?.postMessage({ agent: local.user?.agent, text, kept, call });
}

/** Take what another tab typed. It sends the notes itself, unless it is closed before. */
function takeFromTab({ data: { agent, text, kept, call } }) {
  if (agent !== local.user?.agent || call !== local.notes.call) return;
  change({ notes: { ...local.notes, text, kept } });
  clearTimeout(timer);
  timer = text === kept ? 0 : setTimeout(keep, LATER);
}

tabs?.addEventListener('message', takeFromTab);

function plan() {
  const ends = endsSoon();
  if (ends && timer) return; // typing without a pause puts nothing off
  clearTimeout(timer);
  timer = setTimeout(keep, ends ? SOON : Math.max(300, sent + EACH - performance.now()));
}

/** Return whether the wrap-up ends soon by its limit: the call has its code then, and takes no more notes. */
const endsSoon = () =>
  stage() === 'dispo' && Boolean(screen.agent?.until) && Date.parse(screen.agent.until) - now() < NEARLY;

/** Send what is typed, one request after the other; what is typed meanwhile follows. */
function keep() {
  clearTimeout(timer);
  timer = 0;
  sending = sending.then(send);
  return sending;
}

async function send() {
  const { text, kept, call } = local.notes;
  if (text === kept || !call || excess(text) > 0) return;
  sent = performance.now();
  const answer = await request('POST', toAgent('notes', call), { notes: text }, {});
  if (local.notes.call !== call) return;
  if (answer.ok) {
    change({ notes: { ...local.notes, kept: text, failed: false } });
    share();
  } else if (answer.status === 409) change({ notes: { ...local.notes, late: true } }); // the call has its code: it takes them if it is given again
  else {
    change({ notes: { ...local.notes, failed: true } });
    plan();
  }
  if (answer.ok && local.notes.text !== text) plan();
}

/** Send what was typed before the page was loaded again. */
export function resume() {
  if (local.notes.text !== local.notes.kept) plan();
}

/** Return what is typed, for the disposition; the server has it with the code. */
export const written = () => local.notes.text;

/** Note that a code takes these notes with it, or with "" that it was refused. */
export function goWith(call) {
  given = call && `${call} ${local.notes.text}`;
}

/** Delete the notes on the server too, if they were deleted here: a code without notes would take the former ones. */
export async function keepDeleted() {
  if (!local.notes.text && local.notes.kept) await keep();
}

/** Take the notes of the server: of another call, or from another page while nothing is typed here. */
export function follow() {
  const call = callOf(),
    theirs = screen.notes ?? '',
    writing = document.activeElement?.id === 'notes' && document.hasFocus();
  if (call !== local.notes.call) sayLost();
  if (call !== local.notes.call) change({ notes: { text: theirs, kept: theirs, call } });
  else if (local.notes.text === local.notes.kept && theirs !== local.notes.kept && !writing) {
    change({ notes: { text: theirs, kept: theirs, call } });
  }
}

/** Say which notes the server does not have, of a call that got its code elsewhere, such as by the limit of the wrap-up. */
function sayLost() {
  const { text, kept, call } = local.notes;
  if (call && text !== kept && given !== `${call} ${text}`)
    warn(words.notes.title, words.notes.lost(text.slice(-SHOWN)));
}
