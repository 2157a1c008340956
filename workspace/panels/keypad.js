// The keypad: each press sends one key to the party that the agent talks to.
import { html } from '../vendor/lit-html.js';
import { change } from '../state.js';
import { callOf } from '../call_of.js';
import { give } from '../commands.js';
import { words } from '../words.js';

const KEYS = [...'123456789*0#'];

/** Draw the keypad. */
export const keypad = () => html`<div class="panel" data-panel role="group" aria-label=${words.keypad.title}>
  <div class="panel-head"><h3>${words.keypad.title}</h3><button type="button" class="quiet" id="do-close" @click=${() => change({ dialog: '' })}>${words.keypad.close} <kbd aria-hidden="true">Esc</kbd></button></div>
  <div class="keypad">${KEYS.map((key, n) => html`<button type="button" id="key-${n}" ?data-first=${n === 0} data-key=${key} @click=${() => send(key)}>${key}</button>`)}</div>
  <p class="soft">${words.keypad.sends}</p></div>`;

let last = Promise.resolve();

/** Send a key after the ones before it, so that none is lost and the order is kept. */
function send(key) {
  const call = callOf();
  last = last.then(() => give(`${words.keypad.title} ${key}`, 'dtmf', { digits: key }, words.begun, call));
}
