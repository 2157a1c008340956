// @ts-check
// The wallboard: the same figures without a button, large enough for a screen on the wall.
import { html, nothing } from '../vendor/lit-html.js';
import { repeat } from '../vendor/directives/repeat.js';
import { link, now } from '../state.js';
import { since, time } from '../times.js';
import { groupName } from '../words/group_name.js';
import { words } from '../words.js';
import { warning } from '../panels/link_warning.js';
import { marked, stateName, stateOf } from './agents.js';
import { dialling, dials } from './dialling.js';
import { figures } from './figures.js';
import { ingroups } from './ingroups.js';
import { line, listed, mark, nameOf, states, urgency } from './lists.js';
import { today } from './today.js';

const W = words.wall;
const WIDE = 1180; // of the plot
const DIALLERS = 2;
const MOST = 6; // rows of in-groups, and of what needs attention

/** Draw the wallboard. */
export const wallPage = () =>
  html`<header class="wall-head"><h1 id="state" tabindex="-1">${words.product}</h1><span class="grow"></span>
    <span class="link-state ${link()}">${link() === 'up' ? nothing : words.link[link()]}</span><time class="timer">${time(now())}</time></header>${warning()}
  <main class="wall ${dials() ? 'dials' : ''}">${figures()}${byState()}${ingroups(MOST - 1)}${attention()}${dials() ? html`${today(WIDE / 2)}${dialling(DIALLERS)}` : today(WIDE)}</main>`;

/** Draw the agents who ask for help, and the callers and agents that have waited long: what a glance must find. */
function attention() {
  const rows = [
    ...line().map(one => ({ ...one, id: one.call, name: W.caller, what: html`${groupName(one)}`, state: 'waiting' })),
    ...listed().map(one => ({
      ...one,
      id: one.user,
      name: nameOf(one),
      what: stateOf(one),
      state: stateName(one.state),
    })),
  ]
    .filter(one => one.help_since || mark(one))
    .sort((a, b) => urgency(a) - urgency(b) || a.since.localeCompare(b.since));
  return html`<section class="card attention" aria-label=${W.attention}><div class="card-head"><h2>${W.attention}</h2></div>${
    rows.length
      ? html`<table class="list"><tbody>${repeat(
          rows.slice(0, MOST),
          one => one.id,
          one =>
            html`<tr class=${mark(one)} data-state=${one.state}><th scope="row">${one.name}</th><td>${one.what}</td><td class="for"><time>${since(one.since)}</time> ${marked(one)}</td></tr>`,
        )}</tbody></table>
    ${rows.length > MOST ? html`<p class="soft more">${W.more(rows.length - MOST)}</p>` : nothing}`
      : html`<p class="empty">${W.calm}</p>`
  }</section>`;
}

const byState = () =>
  html`<section class="card by-state" aria-label=${W.states}><ul>${states().map(one => html`<li data-state=${stateName(one.state)}><span class="state">${words.states[one.state] ?? one.state}</span> <b>${one.count}</b></li>`)}</ul></section>`;
