// @ts-check
// The agent's phone in the line at the top: kind, state and quality, as one number and a word.
import { html } from '../vendor/lit-html.js';
import { local, screen } from '../state.js';
import { words } from '../words.js';
import { pageId } from '../page_id.js';
import { drawn } from './buttons.js';
import { connect } from '../voice/phone.js';

const UNDER_WAY = ['microphone', 'offering', 'connecting'];

/** Draw the phone's state, and the button that connects it here. */
export function phoneLine() {
  const phone = screen.agent.phone ?? {};
  if (phone.kind !== 'browser') {
    const name = words.headset.phone(phone.name || '');
    return html`<span class="phone ${phone.up ? '' : 'bad'}">${name} ${phone.up ? words.headset.phoneUp : words.headset.phoneDown}</span>`;
  }
  const here = phone.page === pageId || local.phone.state === 'up';
  const lost = local.phone.state === 'up' && phone.wanted && !phone.page; // the server knows it before the browser
  if (here && local.phone.state === 'up' && !lost) return quality();
  const elsewhere = phone.up && phone.page && phone.page !== pageId;
  const text = elsewhere
    ? words.headset.states.elsewhere
    : (words.headset.states[lost ? 'failed' : local.phone.state] ?? local.phone.state);
  const calm = elsewhere || UNDER_WAY.includes(local.phone.state);
  return html`<span class="phone ${calm ? '' : 'bad'}">${words.headset.name}: ${text}</span>
    ${drawn({ id: 'connect', key: 'v', label: elsewhere ? words.buttons.takeVoice : words.buttons.connect, kind: elsewhere ? 'quiet' : 'main', run: () => connect({ take: true }) })}`;
}

function quality() {
  const told = local.phone.quality;
  if (!told) return html`<span class="phone">${words.headset.name} ${words.headset.states.up}</span>`;
  return html`<span class="phone ${told.word === 'bad' ? 'bad' : ''}">${words.headset.name} ${words.headset.ms(told.ms)} <b>${words.headset[told.word]}</b></span>`;
}
