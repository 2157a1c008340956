// @ts-check
// The side: script and call data in a call, the queues and the chosen callback between calls.
import { html, nothing } from '../vendor/lit-html.js';
import { isNarrow } from '../views.js';
import { screen, shownQueues, stage } from '../state.js';
import { since } from '../times.js';
import { groupName } from '../words/group_name.js';
import { words } from '../words.js';
import { chosenCallback } from './callbacks.js';
import { formButtons, openForm } from './web_forms.js';

/** Draw the column at the side, where there is room for it. */
export const side = () =>
  isNarrow()
    ? nothing
    : html`<section class="side" aria-label=${words.landmarks.side} tabindex="0">${openForm()}${beside()}${isBetween() ? chosenCallback() : nothing}</section>`;

/** Draw what is beside the work: the queues between calls, or script and call data. */
export const beside = () => (isBetween() ? queues() : html`${formButtons()}${script()}${callData()}`);

/** Return the name of what is beside the work, for its tab. */
export const sideTitle = () => (isBetween() ? words.queues : words.script.title);

const isBetween = () => stage() === 'idle' && !screen.script;

function script() {
  const lines = (screen.script ?? '')
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
  return html`<h2>${words.script.title}</h2>${lines.length ? lines.map(line => html`<p class="spoken">${line}</p>`) : html`<p class="soft">${words.script.none}</p>`}`;
}

/** Draw what the dialplan told of the call. */
export function callData() {
  const told = Object.entries(screen.call?.data ?? {});
  if (!told.length) return nothing;
  return html`<h3>${words.script.data}</h3><dl class="data">${told.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function queues() {
  return html`<h2>${words.queues}</h2><ul class="queue-list">${shownQueues().map(
    one =>
      html`<li class=${one.waiting ? 'busy-queue' : ''}><b>${groupName(one)}</b>
    <span>${one.waiting ? `${words.waiting(one.waiting)}, ${words.longest(since(one.longest_since))}` : words.nobodyWaits}</span></li>`,
  )}</ul>`;
}
