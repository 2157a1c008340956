// @ts-check
// A table of callbacks for those who lead: each open one can be moved, given to an agent, and cancelled.
import { html, nothing } from '../vendor/lit-html.js';
import { copied, quoted } from '../pages/command.js';
import { moment } from '../pages/written.js';
import { api, reason, request } from '../requests.js';
import { change, local } from '../state.js';
import { otherZone } from '../times.js';
import { words } from '../words.js';
import { callerOf, stateOf, textOf } from './cells.js';

const C = words.callbacks,
  ENDED = ['completed', 'cancelled'];
const ACTS = {
  move: { path: 'reschedule', field: 'at', command: (id, at) => `reschedule ${id} ${quoted(at || 'TIME')}` },
  give: { path: 'take', field: 'agent', command: (id, agent) => `take ${id} --agent ${quoted(agent || 'USER')}` },
  cancel: { path: 'cancel', field: '', command: id => `cancel ${id}` },
};
const form = { id: '', act: '', text: '', fault: '', said: '', busy: false };

const nameOf = callback => callback.customer_name || callback.number;

/** Close the form, and forget what was said. */
export function closeForm() {
  Object.assign(form, { id: '', act: '', text: '', fault: '', said: '' });
}

function openForm(id, act) {
  closeForm();
  Object.assign(form, { id, act });
  change();
  requestAnimationFrame(() => document.getElementById(ACTS[act].field ? 'callback-text' : 'do-change')?.focus());
}

async function send(then) {
  if (form.busy) return;
  const { path, field } = ACTS[form.act];
  Object.assign(form, { busy: true, fault: '' });
  change();
  const answer = await request('POST', api(`callbacks/${form.id}/${path}`), field ? { [field]: form.text.trim() } : {});
  form.busy = false;
  if (answer.ok) {
    closeForm();
    form.said = C.done;
    then();
    requestAnimationFrame(() => document.getElementById('callback-said')?.focus());
  } else form.fault = answer.unknown ? words.unknown : reason(answer);
  change();
}

/** Draw callbacks. The page draws the list of agents for the form. `then` is called after a change. */
export const callbacksTable = (callbacks, then) =>
  html`<p role="status" class="said" id="callback-said" tabindex="-1">${form.said}</p>${callbacks.length ? table(callbacks, then) : html`<p class="empty">${C.nothing}</p>`}`;

const table = (callbacks, then) =>
  html`<div class="scroll" tabindex="0" role="group" aria-label=${C.title}><table class="list"><caption class="unseen">${C.title}</caption>
    <thead><tr>${['customer', 'due', 'state', 'by', 'comments', 'change'].map(head => html`<th scope="col">${C[head]}</th>`)}</tr></thead>
    <tbody>${callbacks.map(callback => row(callback, then))}</tbody></table></div>`;

const row = (callback, then) =>
  html`<tr><th scope="row">${customer(callback)}</th><td>${moment(callback.at, local.user.timezone)}</td><td>${stateOf(callback)}</td><td>${callerOf(callback)}</td><td class="words">${textOf(callback)}</td>
    <td>${ENDED.includes(callback.state) ? nothing : Object.keys(ACTS).map(act => html`<button type="button" class="small" id="${act}-${callback.id}" aria-label=${C.changeOf(C[act], nameOf(callback))} aria-expanded=${form.id === callback.id && form.act === act ? 'true' : 'false'} @click=${() => openForm(callback.id, act)}>${C[act]}</button> `)}</td></tr>
    ${form.id === callback.id ? html`<tr><td colspan="6" class="form-cell"><div>${changeForm(then)}</div></td></tr>` : nothing}`;

function customer({ lead, customer_name: name, number }) {
  const text = html`${name || number}${name ? html` <small>${number}</small>` : nothing}`;
  return lead && local.user.rights['leads:write'] === 'all'
    ? html`<a href=${`leads.html?part=find&lead=${lead}`}>${text}</a>`
    : text;
}

function changeForm(then) {
  const { field, command } = ACTS[form.act],
    zone = otherZone();
  return html`<form class="filters" @submit=${event => {
    event.preventDefault();
    send(then);
  }}>${
    field
      ? html`<div><label for="callback-text">${form.act === 'move' ? C.when : C.to}</label><input id="callback-text" required autocomplete="off" autocapitalize="none" spellcheck="false" list=${form.act === 'give' ? 'names-agent' : nothing} placeholder=${form.act === 'move' ? words.dispo.whenHint : ''} .value=${form.text} @input=${event => {
          Object.assign(form, { text: event.target.value, fault: '' });
          change();
        }}></div>`
      : nothing
  }
    <button class=${field ? 'main' : 'stop'} id="do-change" aria-disabled=${form.busy ? 'true' : 'false'}>${field ? C[form.act] : C.reallyCancel}</button><button type="button" id="not-change" @click=${() => {
      closeForm();
      change();
    }}>${words.undoing.leave}</button>
    ${copied('callback-command', `warmline callback ${command(form.id, form.text.trim())}`, words.menu.command)}</form>
    ${zone && form.act === 'move' ? html`<p class="soft">${words.dispo.inZone(zone)}</p>` : nothing}<p class="bad" role="alert">${form.fault}</p>`;
}
