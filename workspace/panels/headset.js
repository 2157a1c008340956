// @ts-check
// The try of a headset: choose the microphone, see its level, hear a beep.
import { html, nothing } from '../vendor/lit-html.js';
import { change, local } from '../state.js';
import { words } from '../words.js';
import { beep } from '../voice/sound.js';
import { chooseMicrophone, chosenMicrophone, microphones, startMeter, stopMeter } from '../voice/microphone.js';

const H = words.headset;

/** Draw the try of the headset. */
export function headsetCheck() {
  const on = local.meter !== null,
    why = H.why[local.phone.state] && !on ? H.why[local.phone.state] : '';
  return html`<div class="headset" role="group" aria-label=${H.test}>
    <div class="stop-row"><button type="button" id="do-meter" @click=${on ? stopMeter : begin}>${on ? H.stop : H.test}</button>
      ${on ? html`<meter id="level" min="0" max="1" .value=${local.meter.level} aria-label=${H.level}></meter>` : nothing}</div>
    ${
      on
        ? html`<p class="soft">${H.speak}</p><label for="microphone">${H.device}</label><select id="microphone" @change=${event => chooseMicrophone(event.target.value)}>
      <option value="" ?selected=${!chosenMicrophone()}>${H.standard}</option>
      ${microphones().map(one => html`<option value=${one.deviceId} ?selected=${one.deviceId === chosenMicrophone()}>${one.label}</option>`)}</select>`
        : nothing
    }
    <p class="bad" role="alert">${why}</p></div>`;
}

async function begin() {
  beep();
  const why = await startMeter();
  if (why) change({ phone: { ...local.phone, state: why } });
}
