// @ts-check
// The callbacks of the agent and of nobody, the due ones first; the chosen one is at the side, to take, move or cancel.
import { html, nothing } from '../vendor/lit-html.js';
import { change, local, screen } from '../state.js';
import { api, reason } from '../requests.js';
import { callerOf, stateOf, textOf } from '../callbacks/cells.js';
import { give } from '../commands.js';
import { reveal } from '../focus.js';
import { outdated } from '../lists.js';
import { isNarrow } from '../views.js';
import { clock, date, time } from '../times.js';
import { groupName } from '../words/group_name.js';
import { words } from '../words.js';
import { nameOf, zoneNote } from './disposition.js';
import { dialButton, listed, rows } from './rows.js';

const C = words.callbacks;

/** Draw the callbacks. */
export const callbacks = () =>
  html`${table()}${isNarrow() ? html`<div class="below">${chosenCallback()}</div>` : nothing}`;

const table = () =>
  rows(
    'callbacks',
    [C.due, C.state, C.customer, C.by, C.comments, words.buttons.dial],
    one => [
      html`<b>${time(one.at)}</b> <small>${date(one.at)}</small>`,
      stateOf(one),
      html`<button type="button" class="link" id="show-${one.id}" aria-label=${C.show(one.customer_name || one.number)} aria-pressed=${local.chosen === one.id ? 'true' : 'false'} @click=${() => change({ chosen: one.id, move: null })}>${one.customer_name || one.number}</button>${one.customer_name ? html` <small>${one.number}</small>` : nothing}${listed(one.do_not_call)}`,
      by(one),
      html`<span class="note">${textOf(one)}</span>`,
      dialButton(`c-${one.id}`, one.customer_name || one.number, { callback: one.id }),
    ],
    { none: C.none },
  );

const by = one => callerOf(one, screen.agent.user);

/** Draw the chosen callback. */
export function chosenCallback() {
  if (local.tab !== 'callbacks') return nothing;
  const one = local.lists.callbacks?.rows?.find(each => each.id === local.chosen);
  if (!one) return html`<h2>${C.call}</h2><p class="soft">${C.choose}</p>`;
  return html`<h2>${C.call}</h2><p class="who"><b>${one.customer_name || one.number}</b><span>${one.number}${listed(one.do_not_call)}${groupName(one) ? ' ·' : nothing} <i>${groupName(one)}</i></span></p>
    <dl class="data"><div><dt>${C.due}</dt><dd>${clock(one.at)}</dd></div><div><dt>${C.by}</dt><dd>${by(one)}</dd></div>
      <div><dt>${C.promised}</dt><dd>${clock(one.made)}, ${nameOf(one.status)}</dd></div>${one.comments ? html`<div><dt>${C.comments}</dt><dd>${one.comments}</dd></div>` : nothing}${one.notes ? html`<div><dt>${C.notes}</dt><dd>${one.notes}</dd></div>` : nothing}</dl>
    <div class="stop-row">${dialButton(`one-${one.id}`, one.customer_name || one.number, { callback: one.id })}
      ${one.agent === screen.agent.user ? nothing : html`<button type="button" class="small" id="take" @click=${() => act(one, C.take, 'take', { agent: screen.agent.user })}>${C.take}</button>`}
      <button type="button" class="small" id="move" aria-expanded=${local.move === 'move' ? 'true' : 'false'} @click=${openMove}>${C.move}</button>
      <button type="button" class="small stop" id="cancel" aria-expanded=${local.move === 'cancel' ? 'true' : 'false'} @click=${() => change({ move: 'cancel', moveWhy: '' })}>${C.cancel}</button></div>
    ${local.move === 'cancel' ? html`<div class="stop-row"><button type="button" class="small stop" id="really-cancel" @click=${() => act(one, C.cancel, 'cancel')}>${C.reallyCancel}</button></div><p class="bad" role="alert">${local.moveWhy ?? ''}</p>` : nothing}
    ${
      local.move === 'move'
        ? html`<form class="when" @submit=${event => {
            event.preventDefault();
            act(one, C.move, 'reschedule', { at: local.moveTo.trim() });
          }}>
      <label for="move-to">${C.when}</label><div class="stop-row"><input id="move-to" autocomplete="off" placeholder=${words.dispo.whenHint} .value=${local.moveTo ?? ''} @input=${event => change({ moveTo: event.target.value, moveWhy: '' })}>
      <button class="main" id="do-move">${C.move} <kbd aria-hidden="true">↵</kbd></button></div>${zoneNote()}<p class="bad" role="alert">${local.moveWhy ?? ''}</p></form>`
        : nothing
    }`;
}

/** Open the field of the new time, and go there. */
function openMove() {
  change({ move: 'move', moveTo: '', moveWhy: '' });
  queueMicrotask(() => reveal(document.getElementById('move-to')));
}

async function act(one, label, what, body = {}) {
  const answer = await give(label, api(`callbacks/${one.id}/${what}`), body);
  if (answer?.ok) {
    change({ move: null });
    outdated('callbacks');
  } else if (answer) change({ moveWhy: answer.unknown ? '' : reason(answer) });
}
