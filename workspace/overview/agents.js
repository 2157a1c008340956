// @ts-check
// The agents: states with counts as a filter, search, order, and a row for each agent.
import { html, nothing } from '../vendor/lit-html.js';
import { repeat } from '../vendor/directives/repeat.js';
import { change, local, overview } from '../state.js';
import { since } from '../times.js';
import { groupName } from '../words/group_name.js';
import { words } from '../words.js';
import { drawn } from '../panels/buttons.js';
import { choose, tabbed } from './choosing.js';
import { pauseName } from '../words/pause_name.js';
import { callOf, campaigns, ingroups, listed, mark, nameOf, personName, states } from './lists.js';

const O = words.overview;
const MANY = 40; // agents, whose rows are lower
export const stateName = state => state.toLowerCase().replace(/\W/g, '-');
const filter = what => change({ find: { ...local.find, ...what } });

/** Draw the agents. */
export function agents() {
  const rows = listed(),
    total = overview.agents?.length ?? 0,
    first = tabbed(
      rows.map(one => one.user),
      local.row,
    );
  return html`<section class="card agents" aria-label=${O.agents}>
    <div class="card-head"><h2>${O.agents} <b class="soft">${O.shown(rows.length, total)}</b></h2>${tools()}</div>
    <div class="chips" role="group" aria-label=${O.state}>${chip('', O.all, total, 0)}${states().map(one => chip(one.state, words.states[one.state] ?? one.state, one.count, one.late))}</div>
    <div class="scroll" data-scroll>${
      rows.length
        ? html`<table role="grid" aria-label=${O.agents} class="list ${rows.length > MANY ? 'dense' : ''}" data-rows="agents">
      <thead role="rowgroup"><tr role="row">${[O.agent, O.state, O.for, O.customer].map(one => html`<th scope="col" role="columnheader">${one}</th>`)}</tr></thead>
      <tbody role="rowgroup">${repeat(
        rows,
        one => one.user,
        one => row(one, first),
      )}</tbody></table>`
        : html`<p class="empty">${total ? O.noneFits : O.noAgents}${total ? html` <button type="button" class="link" id="do-clear" @click=${clear}>${O.clear}</button>` : nothing}</p>`
    }</div>
  </section>`;
}

/** Draw the search and the filters. */
const tools = () =>
  html`<div class="tools">
  <label class="find" for="find"><span class="unseen">${O.find}</span><input id="find" type="search" data-key="f" placeholder=${O.find} aria-keyshortcuts="f" autocomplete="off" .value=${local.find.text}
    @click=${event => event.target.focus()} @input=${event => filter({ text: event.target.value })} @keydown=${leaveFind}><kbd aria-hidden="true">F</kbd></label>
  ${select(
    'ingroup',
    'i',
    O.allIngroups,
    ingroups()
      .map(one => [one.ingroup, groupName(one)])
      .sort((a, b) => a[1].localeCompare(b[1])),
  )}
  ${campaigns().length > 1 || local.find.campaign ? select('campaign', 'c', O.allCampaigns, campaigns()) : nothing}
  ${drawn({ id: 'sort', key: 's', label: O.sorts[local.find.sort], kind: 'small', run: () => filter({ sort: local.find.sort === 'name' ? 'attention' : 'name' }) })}</div>`;

const select = (name, key, all, options) =>
  html`<select id=${name} class="small" data-key=${key} aria-label=${all} aria-keyshortcuts=${key} @change=${event => filter({ [name]: event.target.value })}
  @click=${event => event.target.focus()}><option value="" ?selected=${!local.find[name]}>${all}</option>${options.map(([id, text]) => html`<option value=${id} ?selected=${local.find[name] === id}>${text}</option>`)}</select>`;

function leaveFind(event) {
  if (event.key === 'Escape' && local.find.text) filter({ text: '' });
  if (!['Escape', 'Enter', 'ArrowDown'].includes(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  const rows = listed().map(one => one.user);
  if (rows.length) choose(tabbed(rows, local.row), true);
  else event.target.blur();
}

const clear = () => filter({ text: '', ingroup: '', campaign: '', state: '' });

const chip = (state, label, count, late) =>
  html`<button type="button" class="chip" id="state-${stateName(state) || 'all'}" data-state=${stateName(state)} aria-pressed=${local.find.state === state ? 'true' : 'false'}
  @click=${() => filter({ state })}><span>${label}</span> <b>${count}</b>${late ? html` <span class="age late">${late}<span class="unseen"> ${O.late}</span></span>` : nothing}</button>`;

const row = (one, first) =>
  html`<tr role="row" id="agent-${one.user}" class=${mark(one)} data-state=${stateName(one.state)} tabindex=${one.user === first ? '0' : '-1'} aria-selected=${one.user === local.row ? 'true' : 'false'}
  @click=${() => choose(one.user, true)} @focus=${() => choose(one.user)}>
  <th scope="row" role="rowheader" title=${nameOf(one)}><b>${nameOf(one)}</b>${one.full_name ? html` <small>${one.user}</small>` : nothing}</th>
  <td role="gridcell">${stateOf(one)}</td><td role="gridcell" class="for"><time>${since(one.since)}</time> ${marked(one)}</td>
  <td role="gridcell" class="with">${one.customer ?? nothing}${one.third ? html` <span class="plus">+ ${one.third}</span>` : nothing}${one.supervisors.map(supervisor)}</td></tr>`;

const dials = one => one.state === 'QUEUE' && callOf(one)?.state === 'dialing_out';

/** Draw the state of an agent, with the code of a pause, and that help is asked for. An agent who dials is in the state of a call that comes, too. */
export const stateOf = one =>
  html`<span class="state">${words.states[dials(one) ? 'DIALING' : one.state] ?? one.state}${one.pause_code ? html` <b>${pauseName(one.pause_code, [one])}</b>` : nothing}</span>${one.muted ? html` <small>${O.muted}</small>` : nothing}${one.help_since ? html` <span class="age late">${O.help}</span>` : nothing}`;

/** Draw the mark of something that has lasted long or too long: a word and a shape. */
export const marked = one => (mark(one) ? html`<span class="age ${mark(one)}">${O[mark(one)]}</span>` : nothing);

/** Draw who supervises, and how. */
export const supervisor = one =>
  html`<span class="overhears">${O.supervises[one.kind](one.by ? personName(one.by) : one.phone)}</span>`;
