// @ts-check
// The customer: the lead's fields and the custom ones of its list, which can be changed, and earlier calls, each of which can be dialled.
import { html, nothing } from '../vendor/lit-html.js';
import { change, local, screen } from '../state.js';
import { clock } from '../times.js';
import { words } from '../words.js';
import { dialButton, listed } from './rows.js';
import { edit, former, saveEdits, typed, undoEdits } from './lead_edits.js';

/** Draw the customer. */
export function customer() {
  const { lead } = screen;
  if (!lead?.lead_id)
    return html`<p class="soft">${words.lead.none}${listed(lead?.do_not_call)}</p>${lead ? earlier(lead) : nothing}`;
  return html`<form class="lead" @submit=${event => {
    event.preventDefault();
    saveEdits(true);
  }}>
    <div class="lead-head"><h2>${words.lead.title} <small>${words.lead.edit} ${lead.lead_id}${lead.list_id ? `, ${words.lead.list} ${lead.list_id}` : ''}</small>${listed(lead.do_not_call)}</h2>
      ${saving()}</div>
    <div class="fields">${shown(lead.fields).map(field)}${shownCustom(lead).map(field)}</div>${further(lead)}
    <button type="button" class="link" id="do-fields" aria-expanded=${local.allFields ? 'true' : 'false'} @click=${() => change({ allFields: !local.allFields })}>${local.allFields ? words.lead.fewer : words.lead.all}</button>
    ${earlier(lead)}</form>`;
}

/** Draw whether the changes are saved, and the ways to save them at once and to undo them. */
function saving() {
  const unsaved = Object.keys(typed()).length > 0,
    why = unsaved ? local.editsWhy : '';
  return html`<span class="save" ?hidden=${!unsaved && !Object.keys(former()).length}><span class=${why ? 'bad' : unsaved ? '' : 'soft'}>${why || (unsaved ? words.lead.unsaved : words.lead.isSaved)}</span>
    <button class="main" id="do-save" ?hidden=${!unsaved}>${words.lead.save}</button>
    <button type="button" id="do-undo" @click=${undoEdits}>${words.lead.undo}</button></span>`;
}

/** Draw the further numbers of the lead. Each can be dialled for it. */
function further({ lead_id: lead, fields = [] }) {
  const value = name => fields.find(one => one.name === name)?.value ?? '',
    numbers = value('more_numbers')
      .split('|')
      .filter(one => one.trim());
  const row = ([text, label]) => {
    const number = text.startsWith('+') ? text.slice(1) : value('phone_code') + text;
    return html`<li><b>${text}</b> <span class="note">${label}</span> ${dialButton(`m-${number}`, text, { number, lead })}</li>`;
  };
  return numbers.length
    ? html`<h3>${words.fields.more_numbers}</h3><ul class="before numbers">${numbers.map(one => row(one.split(/:(.*)/s).map(part => part.trim())))}</ul>`
    : nothing;
}

const earlier = lead => html`<h3>${words.lead.before}</h3>${before(lead.calls ?? [])}`;

// The fields that are always shown, in this order; the others are one press away.
const FIRST = [
  'first_name',
  'last_name',
  'phone_number',
  'alt_phone',
  'email',
  'date_of_birth',
  'address1',
  'city',
  'postal_code',
  'comments',
];

function shown(fields = []) {
  const first = FIRST.flatMap(name => fields.find(one => one.name === name) ?? []);
  return local.allFields ? [...first, ...fields.filter(one => !FIRST.includes(one.name))] : first;
}

const FEW = 6; // custom fields that are always shown: earlier calls are below them

const shownCustom = ({ custom_fields: all = [] }) => (local.allFields ? all : all.slice(0, FEW));

/** Return what is kept by the name of a field: a list may have one with a name that every object has, such as constructor. */
const own = (kept, name) => (Object.hasOwn(kept, name) ? kept[name] : undefined);

const LONG = new Set(['comments', 'address1']);

/** Draw a field with its label. */
function field({ name, label, value }) {
  const text = own(typed(), name) ?? value ?? '',
    id = `lead-${name}`;
  return html`<div class="field ${LONG.has(name) ? 'long' : ''}"><label for=${id}>${own(words.fields, name) ?? label ?? name}</label>
    <input id=${id} autocomplete="off" .value=${text} @input=${event => edit(name, event.target.value, value ?? '')}></div>`;
}

function before(calls) {
  if (!calls.length)
    return html`<p class="soft">${screen.handed_over?.length ? words.lead.noOther : words.lead.noBefore}</p>`;
  return html`<ul class="before">${calls.slice(0, 8).map(call => html`<li><time>${clock(call.arrived)}</time> ${talked(call)} ${dialButton(`b-${call.id}`, call.number)}</li>`)}</ul>`;
}

/** Draw each agent of an earlier call with their own code and note; a call without one has its code alone. */
function talked({ agents, agent, full_name, status, status_name, notes }) {
  const parts = agents?.length ? agents : [{ user: agent, full_name, status, status_name, notes }];
  return html`<span class="parts">${parts.map(part => html`<span>${part.full_name || part.user} <b>${part.status_name || part.status}</b> <span class="note">${part.notes}</span></span>`)}</span>`;
}
