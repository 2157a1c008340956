// @ts-check
// Automatic dialling: what each campaign's dialler does now, why it begins no call, and how many persons may still be dropped.
import { html, nothing } from '../vendor/lit-html.js';
import { repeat } from '../vendor/directives/repeat.js';
import { local, overview } from '../state.js';
import { give } from '../commands.js';
import { api } from '../requests.js';
import { clock, since } from '../times.js';
import { words } from '../words.js';
import { stateOf } from '../pages/dialler_state.js';
import { drawn } from '../panels/buttons.js';
import { askToAllow, askToStop, stops } from './emergency.js';
import { personName } from './lists.js';

const D = words.dialling;

const campaigns = () => overview.dialling?.campaigns ?? [];

/** Return whether there is anything to show: a campaign that dials, or the emergency stop. */
export const dials = () => campaigns().length > 0 || Boolean(overview.dialling?.stopped);

/** Draw the diallers. On a wallboard, which has no buttons, `most` of them have a row, those that run first. */
export function dialling(most = 0) {
  if (!dials()) return nothing;
  const stopped = overview.dialling.stopped,
    buttons = !most,
    all = campaigns();
  const rows = buttons ? all : [...all].sort((a, b) => Number(b.running) - Number(a.running)).slice(0, most);
  return html`<section class="card dialling ${stopped ? 'stopped' : ''}" aria-label=${D.title}><div class="card-head"><h2>${D.title}</h2>
    ${stopped ? html`<b class="age late">${D.allStopped}</b>` : nothing}${buttons ? ofAll(stopped) : nothing}</div>${buttons && stopped ? stops() : nothing}
    <div class="scroll" tabindex=${buttons ? '0' : nothing} role=${buttons ? 'group' : nothing} aria-label=${buttons ? D.title : nothing}><ul>${repeat(
      rows,
      one => one.campaign,
      one => row(one, buttons),
    )}</ul>${all.length > rows.length ? html`<p class="soft more">${words.wall.more(all.length - rows.length)}</p>` : nothing}</div></section>`;
}

const ofAll = stopped =>
  stopped
    ? drawn({
        id: 'allow-all',
        label: D.allowAll,
        kind: 'small',
        opens: String(local.dialog === 'allow'),
        run: askToAllow,
      })
    : drawn({
        id: 'stop-all',
        key: 'e',
        label: D.stopAll,
        kind: 'small stop',
        opens: String(local.dialog === 'emergency'),
        run: askToStop,
      });

const nameOf = one => one.campaign_name || one.campaign;

const row = (one, buttons) =>
  html`<li id="dialler-${one.campaign}" data-dialler=${stateOf(one)}>
  <div class="dialler-head"><b>${nameOf(one)}</b> <small>${D.methods[one.dial_method] ?? one.dial_method}</small> <span class="state">${D.states[stateOf(one)]}</span>
    ${one.since ? html`<time>${since(one.since)}</time> <small>${D.by(personName(one.by))}</small>` : nothing}${buttons ? switched(one) : nothing}</div>
  ${one.why && one.running ? html`<p class="why-not">${overview.dialling.stopped ? D.noCall(D.stopped) : D.noCall(one.why, one.until && clock(one.until))}</p>` : nothing}
  <dl>${figure(D.ready, one.ready)}${figure(D.inFlight, one.in_flight)}${figure(D.waiting, one.waiting)}${one.free_soon === null ? nothing : figure(D.freeSoon, one.free_soon)}
    ${one.leads === null ? nothing : figure(D.leads, one.leads)}${one.drop_windows.map(budget)}</dl></li>`;

const figure = (name, value, more = '') =>
  html`<div><dt>${name}</dt><dd><b>${value}</b>${more ? html` <small>${more}</small>` : nothing}</dd></div>`;

const budget = one =>
  html`${figure(D.dropped[one.kind], D.ofAnswered(one.dropped, one.answered), D.ofLimit(one.answered ? one.dropped / one.answered : 0, one.limit))}
  ${one.above ? figure(D.mayDrop, html`<span class="age late">${D.limitReached}</span>`) : figure(D.mayDrop, one.may_drop)}`;

function switched(one) {
  const word = one.running ? 'stop' : 'start',
    label = D[word](nameOf(one));
  return drawn({
    id: `dialler-${one.campaign}`,
    label: html`${D.words[word]}<span class="unseen"> ${nameOf(one)}</span>`,
    kind: 'small',
    busy: local.busy?.label === label,
    run: () => give(label, api(`diallers/${encodeURIComponent(one.campaign)}/${word}`)),
  });
}
