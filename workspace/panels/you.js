// @ts-check
// The panel of the person: headset, keys, and the ways out.
import { html, nothing } from '../vendor/lit-html.js';
import { change, local, screen } from '../state.js';
import { keySetting, setKeys } from '../keys.js';
import { stopMeter } from '../voice/microphone.js';
import { words } from '../words.js';
import { account } from './account.js';
import { button } from './buttons.js';
import { headsetCheck } from './headset.js';
import { leave } from './login.js';

const Y = words.you;

/** Draw the panel under the line at the top. */
export function youPanel() {
  if (local.dialog !== 'you') return nothing;
  return html`<section class="drop panel you" data-panel aria-label=${Y.title}>
    <div class="panel-head"><h2>${screen.agent.full_name || local.user.full_name || screen.agent.user}</h2><button type="button" class="quiet" id="do-close" data-first @click=${close}>${Y.close} <kbd aria-hidden="true">Esc</kbd></button></div>
    ${screen.agent.phone?.kind === 'browser' ? html`<h3>${Y.headset}</h3>${headsetCheck()}` : nothing}
    ${keysChoice()}${account()}
    <div class="stop-row">${button('logout', { kind: 'stop' })}<button type="button" id="do-leave-browser" @click=${leave}>${Y.user}</button></div></section>`;
}

/** Draw the choice how keys work. */
export const keysChoice = () =>
  html`<fieldset><legend>${Y.keys}</legend><div class="stop-row">${['plain', 'alt', 'off'].map(
    one =>
      html`<label class="choice"><input type="radio" name="keys" id="keys-${one}"
  .checked=${keySetting() === one} @change=${() => setKeys(one)}> ${Y[one]}</label>`,
  )}</div></fieldset><p class="soft">${Y.keysHint}</p>`;

function close() {
  stopMeter();
  change({ dialog: '' });
}
