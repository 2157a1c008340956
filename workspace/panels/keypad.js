// @ts-check
// The keypad: each press sends one key to the party that the agent talks to.
import { html } from '../vendor/lit-html.js';
import { interrupted } from '../keys.js';
import { change, local, screen } from '../state.js';
import { callOf } from '../call_of.js';
import { give, warn } from '../commands.js';
import { words } from '../words.js';

const KEYS = [...'123456789*0#'];

let to = ''; // the party that gets the keys of the open keypad

/** Return the party that the agent hears, the third party before the customer. */
const heard = () => (screen.hears?.find(one => one.party === 'agent')?.hears.includes('third') ? 'XFER' : 'CUSTOMER');

/** After each message of the feed: a keypad closes whose party is gone, so that no one else gets the rest of a PIN. */
export function followKeypad() {
  const gone = local.dialog === 'keypad' && to && to !== heard();
  if (gone || local.dialog !== 'keypad') to = '';
  if (!gone) return;
  interrupted();
  warn(words.keypad.title, words.keypad.gone);
  change({ dialog: '' });
}

/** Draw the keypad. */
export function keypad() {
  to ||= heard();
  return html`<div class="panel" data-panel role="group" aria-label=${words.keypad.title}>
  <div class="panel-head"><h3>${words.keypad.title}</h3><button type="button" class="quiet" id="do-close" @click=${() => change({ dialog: '' })}>${words.keypad.close} <kbd aria-hidden="true">Esc</kbd></button></div>
  <p class="typed">${words.keypad.sent}: <output id="typed" aria-live="off"></output></p>
  <div class="keypad">${KEYS.map((key, n) => html`<button type="button" id="key-${n}" ?data-first=${n === 0} data-key=${key} @click=${() => send(key)}>${key}</button>`)}</div>
  <p class="soft">${words.keypad.sends}</p></div>`;
}

/** @type {Promise<unknown>} */
let last = Promise.resolve();

/** Send a key after the ones before it, so that none is lost and the order is kept. */
function send(key) {
  const call = callOf(),
    party = to;
  document.getElementById('typed').textContent += key; // a keypad that is opened again is empty
  last = last.then(() => give(`${words.keypad.title} ${key}`, 'dtmf', { digits: key, to: party }, words.begun, call));
}
