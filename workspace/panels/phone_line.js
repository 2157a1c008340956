// The agent's phone in the line at the top: kind, state and quality, as one number and a word.
import { html, nothing } from '../vendor/lit-html.js';
import { feedName, link, local, overview, screen } from '../state.js';
import { clock } from '../times.js';
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
  const text = elsewhere ? words.headset.states.elsewhere : words.headset.states[lost ? 'failed' : local.phone.state] ?? local.phone.state;
  const calm = elsewhere || UNDER_WAY.includes(local.phone.state);
  return html`<span class="phone ${calm ? '' : 'bad'}">${words.headset.name}: ${text}</span>
    ${drawn({ id: 'connect', key: 'v', label: elsewhere ? words.buttons.takeVoice : words.buttons.connect, kind: elsewhere ? 'quiet' : 'main', run: () => connect({ take: true }) })}`;
}

function quality() {
  const told = local.phone.quality;
  if (!told) return html`<span class="phone">${words.headset.name} ${words.headset.states.up}</span>`;
  return html`<span class="phone ${told.word === 'bad' ? 'bad' : ''}">${words.headset.name} ${words.headset.ms(told.ms)} <b>${words.headset[told.word]}</b></span>`;
}

/** Draw the line that says what is wrong with the voice or the links, if anything is. */
export function warning() {
  const line = text();
  return html`<div class="warning" role="alert" ?hidden=${!line}><p>${line}</p>${link() === 'other'
    ? html`<button type="button" class="main" @click=${() => location.reload()}>${words.link.reload}</button>` : nothing}</div>`;
}

/** Return what is wrong with one of several servers, or that it drains. */
function serverLine({ name, connected, lost, since, draining, calls }) {
  if (!connected) return words.servers[lost ? 'lost' : 'away'](name, since && clock(since));
  return draining ? words.servers.drains(name, calls) : '';
}

function text() {
  if (['lost', 'full', 'other'].includes(link())) return words.link[link()];
  const inOverview = feedName() === 'overview', { server } = inOverview ? overview : screen;
  if (server?.connected === false) return words.link.calls;
  if (server?.asterisk === false) return words.link.asterisk;
  const { storage } = server ?? {};
  if (storage && !storage.spilled) return inOverview ? words.storage.nothing(clock(storage.since), storage.why, storage.spill_why) : words.storage.agent(clock(storage.since));
  if (inOverview) return storage ? words.storage.spilled(clock(storage.since), storage.why) : (overview.servers ?? []).map(serverLine).filter(Boolean).join(' ');
  const { why: given, quality: told, state } = local.phone, why = words.headset[given] ?? given;
  if (screen.agent?.phone?.kind === 'browser' && (words.headset.why[state] || why)) return words.headset.why[state] ?? why;
  return told?.side ? words.headset[told.side] : '';
}
