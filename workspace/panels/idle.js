// @ts-check
// What there is between calls: the state in a sentence, the number to dial, the figures of the day.
import { html, nothing } from '../vendor/lit-html.js';
import { change, command, isLost, leadName, local, now, previewing, screen } from '../state.js';
import { give, tell } from '../commands.js';
import { isBusy } from '../actions.js';
import { load } from '../lists.js';
import { clock, span } from '../times.js';
import { words } from '../words.js';
import { api, request } from '../requests.js';
import { button, drawn } from './buttons.js';
import { nameOf } from './disposition.js';

/** Draw the panel between calls. */
export function idle() {
  const { agent } = screen;
  const which = previewing()
    ? 'preview'
    : isLost()
      ? 'lost'
      : ({ PAUSED: 'paused', 'NO PHONE': 'noPhone' }[agent.state] ?? 'ready');
  return html`<div class="call-head"><h2>${words[`${which}Title`]}</h2></div><p class=${which === 'lost' ? 'notice' : 'soft'}>${which === 'lost' ? lost() : words[`${which}Text`]}</p>
    ${agent.phone && !agent.phone.up && agent.phone.kind !== 'browser' ? html`<div class="stop-row">${button('ring', { kind: 'main' })}</div>` : nothing}
    ${which === 'preview' ? preview() : dialForm()}
    ${today()}
    ${screen.last?.number ? html`<p class="soft last-line">${words.last}: ${screen.last.number} <b>${nameOf(screen.last.status) || words.noCode}</b></p>` : nothing}`;
}

/** Say why the agent is paused whose phone did not come back, and what to do. */
function lost() {
  const { since, until, phone } = screen.agent;
  return `${words.lostText(clock(since))} ${phone?.up ? words.lostBack : words.lostAway(until ? clock(until) : '')}`;
}

function preview() {
  return html`<p class="who"><b>${leadName() || screen.agent.preview || ''}</b><span>${leadName() ? (screen.agent.preview ?? '') : nothing}</span></p>
    ${previewEnd()}
    <div class="stop-row">${drawn({ id: 'dial', key: 'd', label: words.buttons.dial, kind: 'main', ...command('dial'), run: () => dial({}), busy: isBusy(words.buttons.dial) })}${button('skip')}</div>`;
}

function dialForm() {
  return html`<form class="dial" @submit=${event => {
    event.preventDefault();
    dialTyped();
  }}>
    <label for="number">${words.number}</label>
    <input id="number" inputmode="tel" autocomplete="off" .value=${local.number} @input=${event => change({ number: event.target.value })}>
    <div class="stop-row">${drawn({ id: 'dial', key: 'd', label: words.buttons.dial, ...command('dial'), run: dialTyped, busy: isBusy(words.buttons.dial) })}
    ${command('preview').allowed ? drawn({ id: 'preview', key: 'f', label: words.buttons.preview, run: previewTyped }) : nothing}
    ${drawn({ id: 'dial-next', key: 'g', label: words.buttons.dialNext, ...command('dial-next'), run: dialNext, busy: isBusy(words.buttons.dialNext) })}
    ${drawn({ id: 'redial', key: 'l', label: words.buttons.redial, ...mayRedial(), run: redial })}</div></form>`;
}

/** Draw what happens to the preview by itself, and when. */
function previewEnd() {
  const { preview_until: until, preview_expiry: expiry } = screen.agent;
  return until
    ? html`<p class="soft">${words.previewEnds[expiry](span(Math.max(0, Date.parse(until) - now())))}</p>`
    : nothing;
}

/** Look at the campaign's next lead, or dial it where nothing is previewed. */
function dialNext() {
  const { allowed, why } = command('dial-next');
  if (!allowed) return tell({ label: words.buttons.dialNext, text: why || words.notAllowed, ok: false });
  return give(words.buttons.dialNext, 'dial-next', { preview: command('preview').allowed });
}

/** Return a number without the signs between its digits. */
export const clean = text => text.replace(/[\s()/.-]/g, '');

/** Dial the typed number; without one, ask for it. */
function dialTyped() {
  if (!clean(local.number)) return document.getElementById('number')?.focus();
  return dial({ number: clean(local.number) });
}

function previewTyped() {
  if (!clean(local.number)) return document.getElementById('number')?.focus();
  return give(words.buttons.preview, 'preview', { number: clean(local.number) });
}

/** Return whether there is a number to dial again, as far as the page knows, and why not. The history is read after each call. */
function mayRedial() {
  const { rows, reading, at } = local.lists.history ?? {};
  if (!reading && !(at > 0)) load('history');
  const dialling = command('dial');
  return dialling.allowed && rows && !rows.some(isDialled) ? { allowed: false, why: words.noneDialled } : dialling;
}

const isDialled = one => one.direction === 'out' && one.number;

/** Put the number that was dialled last into the field. Nothing is dialled before Enter, and a typed letter replaces it. */
async function redial() {
  const { allowed, why } = mayRedial();
  if (!allowed) return tell({ label: words.buttons.redial, text: why || words.notAllowed, ok: false });
  const typed = local.number,
    number = await lastDialled();
  if (local.number !== typed) return undefined;
  if (!number) return tell({ label: words.buttons.redial, text: words.noneDialled, ok: false });
  change({ number });
  return queueMicrotask(selectNumber);
}

function selectNumber() {
  const field = /** @type {HTMLInputElement} */ (document.getElementById('number'));
  field?.focus();
  field?.select();
}

/** Return the number that the agent dialled last, of whichever page; "" for none. */
async function lastDialled() {
  const { ok, body } = await request('GET', api('history?agent=me&limit=50'));
  return ok ? (body.find(isDialled)?.number ?? '') : '';
}

/** Dial a number, a lead or a callback, if the agent may dial now. */
export async function dial(body, { allowed, why } = command('dial')) {
  if (!allowed) {
    tell({ label: words.buttons.dial, text: why || words.notAllowed, ok: false });
    return null;
  }
  const answer = await give(words.buttons.dial, 'dial', body);
  if (answer?.ok) change({ number: '' });
  return answer;
}

const FIGURES = ['calls', 'talk_seconds', 'hold_seconds', 'dispo_seconds', 'wait_seconds', 'pause_seconds'];

/** Draw the figures of the day. */
function today() {
  const told = screen.today;
  if (!told) return nothing;
  return html`<h3>${words.today.title}</h3><dl class="today">${FIGURES.filter(
    name => told[name] !== undefined && told[name] !== null,
  ).map(
    name =>
      html`<div>
    <dd>${name.endsWith('_seconds') ? span(told[name] * 1000) : told[name]}</dd><dt>${words.today[name]}</dt></div>`,
  )}</dl>`;
}
