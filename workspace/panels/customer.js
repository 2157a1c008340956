// The customer: the lead's fields, which can be changed, and earlier calls.
import { html, nothing } from '../vendor/lit-html.js';
import { change, local, screen } from '../state.js';
import { mine, reason, request } from '../requests.js';
import { tell } from '../commands.js';
import { clock } from '../times.js';
import { words } from '../words.js';

/** Draw the customer. */
export function customer() {
  const { lead } = screen;
  if (!lead?.lead_id) return html`<p class="soft">${words.lead.none}</p>${lead ? earlier(lead) : nothing}`;
  const changed = Object.keys(local.edits).length > 0;
  return html`<form class="lead" @submit=${event => { event.preventDefault(); save(lead); }}>
    <div class="lead-head"><h2>${words.lead.title} <small>${words.lead.edit} ${lead.lead_id}${lead.list_id ? `, ${words.lead.list} ${lead.list_id}` : ''}</small></h2>
      <span class="save" ?hidden=${!changed}><span>${words.lead.unsaved}</span><button class="main" id="do-save">${words.lead.save}</button>
      <button type="button" id="do-undo" @click=${() => change({ edits: {} })}>${words.lead.undo}</button></span></div>
    <div class="fields">${shown(lead.fields).map(field)}</div>
    <button type="button" class="link" id="do-fields" aria-expanded=${local.allFields ? 'true' : 'false'} @click=${() => change({ allFields: !local.allFields })}>${local.allFields ? words.lead.fewer : words.lead.all}</button>
    ${earlier(lead)}</form>`;
}

const earlier = lead => html`<h3>${words.lead.before}</h3>${before(lead.calls ?? [])}`;

// The fields that are always shown, in this order; the others are one press away.
const FIRST = ['first_name', 'last_name', 'phone_number', 'alt_phone', 'email', 'date_of_birth', 'address1', 'city', 'postal_code', 'comments'];

function shown(fields = []) {
  const first = FIRST.flatMap(name => fields.find(one => one.name === name) ?? []);
  return local.allFields ? [...first, ...fields.filter(one => !FIRST.includes(one.name))] : first;
}

const LONG = new Set(['comments', 'address1']);

/** Draw a field with its label. */
function field({ name, label, value, longest }) {
  const text = local.edits[name] ?? value ?? '', id = `lead-${name}`;
  return html`<div class="field ${LONG.has(name) ? 'long' : ''}"><label for=${id}>${words.fields[name] ?? label ?? name}</label>
    <input id=${id} autocomplete="off" maxlength=${longest || nothing} .value=${text} @input=${event => edit(name, event.target.value, value ?? '')}></div>`;
}

function edit(name, text, before) {
  const { [name]: _, ...others } = local.edits;
  change({ edits: text === before ? others : { ...others, [name]: text } });
}

/** Save the changed fields, all or none. What was typed stays until the server has it. */
async function save(lead) {
  const sent = local.edits, began = performance.now();
  const answer = await request('PATCH', mine('lead'), { lead_id: lead.lead_id, ...sent });
  const text = answer.unknown ? words.unknown : answer.ok ? words.lead.saved : reason(answer);
  tell({ label: words.lead.title, text, ok: answer.ok, ms: Math.round(performance.now() - began) });
  if (answer.ok) {
    screen.lead &&= { ...screen.lead, fields: screen.lead.fields?.map(one => one.name in sent ? { ...one, value: answer.body[one.name] ?? one.value } : one) };
    change({ edits: Object.fromEntries(Object.entries(local.edits).filter(([name, value]) => sent[name] !== value)) });
  }
}

function before(calls) {
  if (!calls.length) return html`<p class="soft">${words.lead.noBefore}</p>`;
  return html`<ul class="before">${calls.slice(0, 8).map(one => html`<li><time>${clock(one.arrived)}</time> <span>${one.agent}</span> <b>${one.status}</b> <span class="note">${one.notes}</span></li>`)}</ul>`;
}
