// The emergency stop of all automatic dialling: E asks, and E again stops. Letters that are typed by mistake do neither or only ask:
// the second press counts after a moment, and every other letter takes the question back.
import { html } from '../vendor/lit-html.js';
import { change, local } from '../state.js';
import { give } from '../commands.js';
import { api } from '../requests.js';
import { words } from '../words.js';

const D = words.dialling;
const ARMED = 600; // milliseconds; two letters of a typed word come faster

let opened = -Infinity;
const armed = () => performance.now() - opened >= ARMED;

/** Ask whether all automatic dialling is to stop. */
export function askToStop() {
  opened = performance.now();
  change({ dialog: 'emergency' });
  setTimeout(change, ARMED);
}

/** Draw the question. */
export const question = () => html`<p class="soft">${D.stopAllText}</p><button type="button" class="stop" id="do-really" data-first data-key="e" aria-disabled=${armed() ? 'false' : 'true'}
  @click=${stopAll}>${D.reallyStopAll} <kbd aria-hidden="true">E</kbd></button>`;

async function stopAll() {
  if (!armed()) return;
  const answer = await give(D.stopAll, api('dialling/stop'));
  if (answer?.ok && local.dialog === 'emergency') change({ dialog: '' });
}

/** Allow automatic dialling again. */
export const allowAll = () => give(D.allowAll, api('dialling/allow'));

document.addEventListener('keydown', event => {
  const letter = event.key.length === 1 && event.key !== ' ' && event.code !== 'KeyE' && event.key.toLowerCase() !== 'e';
  if (letter && local.dialog === 'emergency') change({ dialog: '' });
});
