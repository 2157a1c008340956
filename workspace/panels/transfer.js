// @ts-check
// The panel of a transfer or a conference: a number, an in-group, an agent or a preset; what happens is said before.
import { html, nothing } from '../vendor/lit-html.js';
import { change, local, screen } from '../state.js';
import { give } from '../commands.js';
import { groupName } from '../words/group_name.js';
import { words } from '../words.js';
import { load } from '../lists.js';

const MOST = 5; // destinations that are shown at once
const NUMBER = /^\+?[0-9*#]+$/;
const DIRECT = 'AGENTDIRECT'; // the in-group of calls for one agent

let given = null; // the panel whose command is under way, and the call's state when it was given

/** Draw the panel. */
export function transferPanel() {
  const kind = local.dialog,
    found = matches();
  return html`<form class="panel transfer" data-panel aria-label=${words.transfer[kind === 'transfer' ? 'title' : 'conference']}
      @submit=${event => {
        event.preventDefault();
        send(kind === 'transfer' ? 'blind' : (event.submitter?.value ?? 'with'));
      }}>
    <div class="panel-head"><h3>${words.transfer[kind === 'transfer' ? 'title' : 'conference']}</h3>
      <button type="button" class="quiet" id="do-close" @click=${() => change({ dialog: '' })}>${words.transfer.back} <kbd aria-hidden="true">Esc</kbd></button></div>
    <label class="unseen" for="to">${words.transfer.to}</label>
    <input id="to" data-first role="combobox" aria-expanded="true" aria-controls="places" aria-autocomplete="list" aria-activedescendant=${found[chosen(found)] ? `place-${chosen(found)}` : nothing}
      placeholder=${words.transfer.to} autocomplete="off" .value=${local.to} @input=${event => change({ to: event.target.value, place: event.target.value.trim() ? 0 : null })} @keydown=${arrows}>
    <ul id="places" role="listbox" aria-label=${words.transfer.to}>${found.map(
      (one, n) =>
        html`<li role="option" id="place-${n}" aria-selected=${n === chosen(found) ? 'true' : 'false'}
      @click=${() => change({ place: idOf(one) })}><b>${one.name}</b> <span>${one.detail}</span></li>`,
    )}</ul>
    ${found.length ? nothing : html`<p class="soft">${local.lists.destinations?.rows ? words.transfer.none : words.transfer.loading}</p>`}
    <div class="stop-row">${
      kind === 'transfer'
        ? html`<button class="main" id="do-go" value="blind">${words.transfer.go} <kbd aria-hidden="true">↵</kbd></button>`
        : html`<button class="main" id="do-with" value="with">${words.transfer.withCustomer} <kbd aria-hidden="true">↵</kbd></button>
        <button id="do-park" value="park">${words.transfer.customerWaits}</button>`
    }</div>
    <p class="soft says">${found[chosen(found)] ? words.transfer.says[kind] : words.transfer.choose}</p></form>`;
}

const idOf = one => [one.ingroup, one.to_agent, one.number].join();

/** Return the place of the chosen destination. Until a letter or an arrow it is -1, so that Enter gives nobody away.
 *
 * The choice is a destination and not a place: the list is read again while it is open, and others may come before it. */
function chosen(found) {
  if (local.place === 0 && found.length) local.place = idOf(found[0]);
  return found.findIndex(one => idOf(one) === local.place);
}

function arrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const found = matches(),
    at = chosen(found);
  if (found.length)
    change({ place: idOf(found[at < 0 && step < 0 ? found.length - 1 : (at + step + found.length) % found.length]) });
}

/** Return the destinations that fit what is typed; a typed number comes first. */
function matches() {
  load('destinations');
  const typed = local.to.trim().toLowerCase(),
    number = typed.replace(/[\s()/.-]/g, '');
  const { presets = [], ingroups = [], agents = [] } = local.lists.destinations?.rows ?? {};
  const all = [
    ...presets.map(one => ({
      name: one.name,
      detail: `${words.transfer.preset} ${one.number}`,
      says: one.preset,
      number: one.number,
    })),
    ...ingroups.map(one => ({
      name: groupName(one),
      detail: `${words.transfer.ingroup}, ${words.transfer.ready(one.ready)}`,
      says: one.ingroup,
      ingroup: one.ingroup,
    })),
    ...agents.map(one => ({
      name: one.full_name || one.user,
      detail: `${words.transfer.agent} ${one.user}, ${words.states[one.state] ?? one.state}`,
      says: one.user,
      ingroup: DIRECT,
      to_agent: one.user,
    })),
  ];
  const fit = all.filter(one => !typed || `${one.name} ${one.says} ${one.number ?? ''}`.toLowerCase().includes(typed));
  const exact = NUMBER.test(number) ? [{ name: number, detail: words.transfer.number, number }] : [];
  return [...exact, ...fit].slice(0, MOST);
}

/** After each message of the feed: the panel closes when its command has changed the call, which may be before the answer.
 *
 * The page then has the buttons of the new state, so that no key pressed for them is lost. */
export function followTransfer() {
  if (!given?.dialog || local.dialog !== given.dialog || screen.call?.state === given.state) return;
  given.dialog = '';
  change({ dialog: '' });
}

/** Give the command to the chosen destination; without one, the panel stays open. */
async function send(way) {
  const found = matches(),
    to = found[chosen(found)];
  if (!to) return document.getElementById('to')?.focus();
  const where = to.ingroup
    ? { ingroup: to.ingroup, ...(to.to_agent && { to_agent: to.to_agent }) }
    : { number: to.number };
  const kind = {
    blind: to.ingroup ? 'LOCAL_CLOSER' : 'BLIND_TRANSFER',
    with: 'DIAL_WITH_CUSTOMER',
    park: 'PARK_CUSTOMER_DIAL',
  }[way];
  const label = `${words.transfer[way === 'blind' ? 'title' : 'conference']} ${to.name}`;
  const mine = (given = { dialog: local.dialog, state: screen.call?.state });
  const answer = await give(label, 'transfers', { kind, ...where });
  if (given === mine) given = null;
  if (answer?.ok && local.dialog === mine.dialog) change({ dialog: '', to: '', place: 0 });
}
