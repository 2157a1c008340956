// @ts-check
// The line that warns of a lost link to the server or to Asterisk, of records that are not stored, and of the voice.
import { html, nothing } from '../vendor/lit-html.js';
import { feedName, link, local, overview, screen } from '../state.js';
import { clock } from '../times.js';
import { usedName } from '../voice/devices.js';
import { words } from '../words.js';

/** Draw the line that says what is wrong with the voice or the links, if anything is. */
export function warning() {
  const line = text();
  return html`<div class="warning" role="alert" ?hidden=${!line}><p>${line}</p>${
    link() === 'other'
      ? html`<button type="button" class="main" @click=${() => location.reload()}>${words.link.reload}</button>`
      : nothing
  }</div>`;
}

/** Return what is wrong with one of several servers, or that it drains. */
function serverLine({ name, connected, lost, since, draining, calls }) {
  if (!connected) return words.servers[lost ? 'lost' : 'away'](name, since && clock(since));
  return draining ? words.servers.drains(name, calls) : '';
}

function text() {
  if (['lost', 'full', 'other'].includes(link())) return words.link[link()];
  const inOverview = feedName() === 'overview',
    { server } = inOverview ? overview : screen;
  if (server?.connected === false) return words.link.calls;
  if (server?.asterisk === false) return words.link.asterisk;
  const { storage } = server ?? {};
  if (storage && !storage.spilled)
    return inOverview
      ? words.storage.nothing(clock(storage.since), storage.why, storage.spill_why)
      : words.storage.agent(clock(storage.since));
  if (inOverview)
    return storage
      ? words.storage.spilled(clock(storage.since), storage.why)
      : (overview.servers ?? []).map(serverLine).filter(Boolean).join(' ');
  const { why: given, quality: told, state } = local.phone,
    why = words.headset[given] ?? given;
  if (screen.agent?.phone?.kind === 'browser' && (words.headset.why[state] || why))
    return words.headset.why[state] ?? why;
  if (told?.side) return words.headset[told.side];
  return Object.entries(local.pulled)
    .filter(([, name]) => name && screen.agent?.phone?.kind === 'browser')
    .map(([kind, name]) => words.headset.pulled[kind](name, usedName(/** @type {any} */ (kind))))
    .join(' ');
}
