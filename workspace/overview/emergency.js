// @ts-check
// Questions before something that letters typed by mistake must not do: the emergency stop of all automatic dialling, and the logout of an agent.
// Its key asks, and the same key again does it. The second press counts after a moment, and every other letter takes the question back.
import { html, nothing } from '../vendor/lit-html.js';
import { change, local, overview } from '../state.js';
import { give } from '../commands.js';
import { api } from '../requests.js';
import { clock } from '../times.js';
import { personName } from './lists.js';
import { words } from '../words.js';

const D = words.dialling;
const LONGEST = 200; // letters of a reason
const ARMED = 600; // milliseconds; two letters of a typed word come faster
const KEYS = { emergency: 'e', logout: 'o' };

let opened = -Infinity;
const armed = () => performance.now() - opened >= ARMED;

/** Open a question. */
export function ask(dialog) {
  opened = performance.now();
  change({ dialog });
  setTimeout(change, ARMED);
}

/** Draw the button that answers the open question with yes. */
export const yes = (label, run) =>
  html`<button type="button" class="stop" id="do-really" data-first data-key=${KEYS[local.dialog]} aria-disabled=${armed() ? 'false' : 'true'}
  @click=${() => {
    if (armed()) run();
  }}>${label} <kbd aria-hidden="true">${KEYS[local.dialog].toUpperCase()}</kbd></button>`;

/** Ask whether all automatic dialling is to stop. */
export const askToStop = () => ask('emergency');

/** Draw the question. */
export const question = () =>
  html`<p class="soft">${D.stopAllText}</p>${yes(D.reallyStopAll, stopAll)}
  <div class="stack"><div><label for="stop-why">${D.stopWhy}</label><input id="stop-why" maxlength=${LONGEST} autocomplete="off"></div></div>`;

async function stopAll() {
  const why = /** @type {HTMLInputElement} */ (document.getElementById('stop-why'))?.value.trim();
  const answer = await give(D.stopAll, api('dialling/stop'), why ? { why } : {});
  if (answer?.ok && local.dialog === 'emergency') change({ dialog: '' });
}

/** Ask for the reason for which automatic dialling is allowed again. */
export const askToAllow = () => change({ dialog: 'allow' });

/** Draw who has stopped automatic dialling, when and why. */
export const stops = () =>
  overview.dialling?.stops?.length
    ? html`<ul class="stops">${overview.dialling.stops.map(
        one =>
          html`<li><b>${one.by ? personName(one.by) : D.unknown}</b>${one.at ? html` <time>${clock(one.at)}</time>` : nothing}${one.why ? html` <span>${one.why}</span>` : nothing}</li>`,
      )}</ul>`
    : nothing;

/** Draw the form with the reason. */
export const allowing = () =>
  html`${stops()}<form class="stack" @submit=${allowAll}><p class="soft">${D.allowText}</p>
  <div><label for="allow-why">${D.allowWhy}</label><input id="allow-why" name="why" data-first required maxlength=${LONGEST} pattern=".*[^ ].*" autocomplete="off"></div>
  <button class="main" id="do-allow">${D.allowAll}</button></form>`;

async function allowAll(event) {
  event.preventDefault();
  const answer = await give(D.allowAll, api('dialling/allow'), { why: event.target.elements.why.value.trim() });
  if (answer?.ok && local.dialog === 'allow') change({ dialog: '' });
}

document.addEventListener('keydown', event => {
  const key = KEYS[local.dialog];
  if (/** @type {HTMLElement} */ (event.target).closest?.('input')) return;
  if (
    key &&
    event.key.length === 1 &&
    event.key !== ' ' &&
    event.code !== `Key${key.toUpperCase()}` &&
    event.key.toLowerCase() !== key
  )
    change({ dialog: '' });
});
