// @ts-check
// One lead: found by number, name, customer id or e-mail, with its fields to change, and why it is dialled now or not.
import { html, nothing } from '../vendor/lit-html.js';
import { callbacksTable, closeForm } from '../callbacks/table.js';
import { copied, line, quoted } from '../pages/command.js';
import { namesList } from '../pages/fields.js';
import { addressWith, asked, goTo, here, read } from '../pages/frame.js';
import { moment } from '../pages/written.js';
import { api, reason, request } from '../requests.js';
import { change, local } from '../state.js';
import { words } from '../words.js';

const L = words.leadLists,
  BY = ['number', 'name', 'vendor_lead_code', 'email'],
  ROWS = 100,
  APART = ['gmt_offset_now', 'more_numbers'];
const page = {
  of: '',
  rows: null,
  lead: null,
  calls: [],
  callbacks: null,
  explained: null,
  fault: '',
  draft: {},
  said: '',
  busy: false,
};

/** Return what the address asks for: by which field, and its text. */
const question = () => BY.map(by => [by, asked()[by]]).find(([, text]) => text);

/** Read what the address asks for: the leads that are found, or one. */
export async function loadFound() {
  const { lead } = asked(),
    found = question(),
    of = lead
      ? `leads/${encodeURIComponent(lead)}`
      : found
        ? `leads?${new URLSearchParams({ [found[0]]: found[1], limit: String(ROWS) })}`
        : '';
  if (page.of !== of) {
    closeForm();
    Object.assign(page, {
      of,
      rows: null,
      lead: null,
      explained: null,
      callbacks: null,
      fault: '',
      draft: {},
      said: '',
    });
  }
  change();
  if (!of) return;
  const answer = await read(of);
  if (page.of !== of) return;
  Object.assign(
    page,
    answer.ok
      ? { fault: '', ...(lead ? { lead: answer.body.lead, calls: answer.body.calls } : { rows: answer.body }) }
      : { fault: answer.unknown ? words.menu.unread : reason(answer) },
  );
  change();
  if (!lead || !answer.ok) return;
  loadCallbacks();
  const explained = await read(`${of}/explanation`);
  if (page.of === of && explained.ok) {
    page.explained = explained.body;
    change();
  }
}

/** Read the open callbacks of the lead. */
async function loadCallbacks() {
  const { of } = page,
    answer = await read(`callbacks?lead=${page.lead.lead_id}`);
  if (page.of !== of || !answer.ok) return;
  page.callbacks = answer.body;
  change();
}

/** Return the fields of the lead that can be changed: those of every lead, and those of its list. */
const fieldsOf = lead => [
  ...Object.entries(words.fields)
    .filter(([id]) => !APART.includes(id) && id in lead)
    .map(([id, text]) => [id, text, String(lead[id] ?? '')]),
  ...Object.entries(lead.custom_fields ?? {}).map(([id, text]) => [`custom.${id}`, id, text]),
];

/** Return the changed fields as the API takes them. */
function body() {
  const given = {};
  for (const [name, text] of Object.entries(page.draft))
    if (name.startsWith('custom.')) (given.custom_fields ??= {})[name.slice(7)] = text;
    else given[name] = name === 'rank' ? Number(text) : text;
  return given;
}

async function save() {
  if (page.busy || !Object.keys(page.draft).length) return;
  Object.assign(page, { busy: true, fault: '', said: '' });
  change();
  const answer = await request('PATCH', api(`leads/${page.lead.lead_id}`), body());
  Object.assign(page, {
    busy: false,
    ...(answer.ok
      ? { lead: answer.body, draft: {}, said: L.saved }
      : { fault: answer.unknown ? words.unknown : reason(answer) }),
  });
  change();
  if (answer.ok) loadFound();
}

const set = (name, before, text) => {
  page.draft = { ...page.draft, [name]: text };
  if (text === before) delete page.draft[name];
  page.said = '';
  change();
};

const OPTIONS = { number: '', name: '--name', vendor_lead_code: '--vendor-code', email: '--email' };

/** Return the command that finds or shows the same. */
export function findCommand() {
  const { lead } = asked(),
    found = question();
  if (lead) return `warmline lead show ${quoted(lead)}`;
  return found
    ? ['warmline lead find', OPTIONS[found[0]], quoted(found[1])].filter(Boolean).join(' ')
    : 'warmline lead find NUMBER';
}

/** Draw the search, the leads that it found, and the one that is open. */
export function foundPage(follow) {
  const [by, text] = question() ?? ['number', ''],
    { lead } = asked();
  return html`<div class="head"><h2>${L.findLead}</h2></div><form class="filters" aria-label=${L.findLead} @submit=${event => {
    event.preventDefault();
    const { by: chosen, text: typed } = event.target.elements;
    goTo(
      { lead: '', ...Object.fromEntries(BY.map(one => [one, one === chosen.value ? typed.value.trim() : ''])) },
      follow,
    );
  }}>
    <div><label for="by">${L.by}</label><select id="by" name="by">${BY.map(one => html`<option value=${one} .selected=${one === by}>${L.bys[one]}</option>`)}</select></div><div><label for="text">${L.text} <kbd aria-hidden="true">F</kbd></label><input id="text" name="text" type="search" data-key="f" aria-keyshortcuts="f" autocomplete="off" spellcheck="false" .value=${text}></div><button class="main" id="do-find">${L.find}</button></form>
    ${page.fault ? html`<p class="bad" role="alert">${page.fault}</p>` : nothing}${lead ? (page.lead ? leadPage(page.lead, follow) : nothing) : page.rows ? list(page.rows, follow) : nothing}`;
}

const list = (rows, follow) =>
  rows.length
    ? html`<section class="card table-card" aria-label=${L.leads}><div class="scroll" tabindex="0" role="group" aria-label=${L.leads}><table class="list"><caption class="unseen">${L.leads}</caption><thead><tr>${['lead', 'list', 'number', 'name', 'city', 'status', 'called', 'last'].map(head => html`<th scope="col">${L.heads[head]}</th>`)}</tr></thead>
  <tbody>${rows.map(each => html`<tr><th scope="row"><a href=${addressWith({ lead: each.lead_id })} @click=${event => here(event, { lead: String(each.lead_id) }, follow)}>${each.lead_id}</a></th><td>${each.list_id}</td><td>${each.phone_number}</td><td>${`${each.first_name} ${each.last_name}`.trim()}</td><td>${each.city}</td><td>${each.status}</td><td>${each.called_count}</td><td>${each.last_call ? moment(each.last_call, local.user.timezone) : ''}</td></tr>`)}</tbody></table></div></section>`
    : html`<p class="empty" role="status">${L.noneFound}</p>`;

function leadPage(lead, follow) {
  const count = Object.keys(page.draft).length;
  return html`<p><a id="back" href=${addressWith({ lead: '' })} data-key="b" aria-keyshortcuts="b" @click=${event => here(event, { lead: '' }, follow)}>← ${L.found} <kbd aria-hidden="true">B</kbd></a></p>
    <h3>${L.leadOf(lead.lead_id, lead.list_id)}</h3>${page.explained ? explained(page.explained) : nothing}
    ${page.callbacks ? html`<section class="card table-card" aria-label=${words.callbacks.title}><div class="card-head"><h2>${words.callbacks.title}</h2></div>${callbacksTable(page.callbacks, loadCallbacks)}${namesList('agent')}</section>` : nothing}
    <form class="card upload" aria-label=${L.fields} @submit=${event => {
      event.preventDefault();
      save();
    }}><div class="fields">${fieldsOf(lead).map(([name, text, value]) => html`<div><label for="field-${name}">${text}</label><input id="field-${name}" autocomplete="off" spellcheck="false" .value=${page.draft[name] ?? value} @input=${event => set(name, value, event.target.value)}></div>`)}</div>
      <p role="status" class="said">${page.said}</p>${
        count
          ? copied(
              'lead-command',
              `warmline lead set ${lead.lead_id} ${Object.entries(page.draft)
                .map(([name, text]) => `${name}=${text ? quoted(text) : ''}`)
                .join(' ')}`,
              words.menu.command,
            )
          : nothing
      }
      <p class="acts"><button class="main" id="do-save" aria-disabled=${count && !page.busy ? 'false' : 'true'}>${words.buttons.save}</button></p></form>
    ${page.calls.length ? html`<section class="card table-card" aria-label=${words.past.title}><div class="card-head"><h2>${words.past.title}</h2></div><ul class="reasons">${page.calls.slice(0, ROWS).map(each => html`<li><a href=${`calls.html?call=${encodeURIComponent(each.id)}`}>${moment(each.arrived, local.user.timezone)}</a> ${each.full_name || each.agent} ${each.status_name || each.status}</li>`)}</ul></section>` : nothing}`;
}

/** Draw why the lead is dialled now, or not: only the rules that forbid it. */
const explained = told =>
  html`<section class="card upload" aria-label=${L.dialledNow}><h2>${told.dialled_now ? L.mayDialNow(told.next_number) : L.mayNotDial}</h2><ul>${told.rules.filter(rule => rule.why).map(rule => html`<li><b>${rule.rule}</b>: ${rule.until ? L.until(rule.why, moment(rule.until, local.user.timezone)) : rule.why}</li>`)}</ul>
  ${copied('explain-command', line(['warmline explain lead', String(told.lead)], {}), words.menu.command)}</section>`;
