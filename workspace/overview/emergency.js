// Questions before something that letters typed by mistake must not do: the emergency stop of all automatic dialling, and the logout of an agent.
// Its key asks, and the same key again does it. The second press counts after a moment, and every other letter takes the question back.
import { html } from '../vendor/lit-html.js';
import { change, local } from '../state.js';
import { give } from '../commands.js';
import { api } from '../requests.js';
import { words } from '../words.js';

const D = words.dialling;
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
export const yes = (label, run) => html`<button type="button" class="stop" id="do-really" data-first data-key=${KEYS[local.dialog]} aria-disabled=${armed() ? 'false' : 'true'}
  @click=${() => { if (armed()) run(); }}>${label} <kbd aria-hidden="true">${KEYS[local.dialog].toUpperCase()}</kbd></button>`;

/** Ask whether all automatic dialling is to stop. */
export const askToStop = () => ask('emergency');

/** Draw the question. */
export const question = () => html`<p class="soft">${D.stopAllText}</p>${yes(D.reallyStopAll, stopAll)}`;

async function stopAll() {
  const answer = await give(D.stopAll, api('dialling/stop'));
  if (answer?.ok && local.dialog === 'emergency') change({ dialog: '' });
}

/** Allow automatic dialling again. */
export const allowAll = () => give(D.allowAll, api('dialling/allow'));

document.addEventListener('keydown', event => {
  const key = KEYS[local.dialog];
  if (key && event.key.length === 1 && event.key !== ' ' && event.code !== `Key${key.toUpperCase()}` && event.key.toLowerCase() !== key) change({ dialog: '' });
});
