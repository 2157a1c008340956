// @ts-check
// The try of a headset: choose microphone and loudspeaker, see the level, hear a beep.
import { html, nothing } from '../vendor/lit-html.js';
import { change, local } from '../state.js';
import { words } from '../words.js';
import { beep } from '../voice/sound.js';
import { choose, chosen, devices } from '../voice/devices.js';
import { startMeter, stopMeter } from '../voice/microphone.js';

const H = words.headset;

/** Draw the try of the headset. */
export function headsetCheck() {
  const on = local.meter !== null,
    why = H.why[local.phone.state] && !on ? H.why[local.phone.state] : '';
  return html`<div class="headset" role="group" aria-label=${H.test}>
    <div class="stop-row"><button type="button" id="do-meter" @click=${on ? stopMeter : begin}>${on ? H.stop : H.test}</button>
      ${on ? html`<meter id="level" min="0" max="1" .value=${local.meter.level} aria-label=${H.level}></meter>` : nothing}</div>
    ${on ? html`<p class="soft">${H.speak}</p>` : nothing}
    ${choice('microphone', 'audioinput')}${choice('loudspeaker', 'audiooutput')}
    <p class="bad" role="alert">${why}</p></div>`;
}

/** Draw the choice of a device, once the browser names its devices. A chosen one that is not plugged in keeps its place. */
function choice(id, kind) {
  const all = devices(kind),
    now = chosen(kind);
  if (!all.length) return nothing;
  return html`<label for=${id}>${H[id]}</label><select id=${id} @change=${event => take(kind, event.target.value)}>
      <option value="" .selected=${!now}>${H.standard}</option>
      ${all.map(one => html`<option value=${one.deviceId} .selected=${one.deviceId === now}>${one.label}</option>`)}
      ${now && !all.some(one => one.deviceId === now) ? html`<option value=${now} .selected=${true}>${H.away}</option>` : nothing}</select>`;
}

/** Choose a device. A loudspeaker is heard at once. */
function take(kind, id) {
  choose(kind, id);
  if (kind === 'audiooutput') beep();
}

async function begin() {
  beep();
  const why = await startMeter();
  if (why) change({ phone: { ...local.phone, state: why } });
}
