// @ts-check
// A change of many leads of a list: a filter says which, a dry run counts them, and the change goes on until all are done.
import { html, nothing } from '../vendor/lit-html.js';
import { copied, quoted } from '../pages/command.js';
import { namesList } from '../pages/fields.js';
import { api, reason, request } from '../requests.js';
import { change } from '../state.js';
import { words } from '../words.js';

const L = words.leadLists,
  PATIENCE = 30_000,
  WHAT = ['status', 'to_list', 'owner', 'delete'],
  COUNTS = ['matching', 'changed', 'in_call', 'with_callback', 'unsure'];
const EXAMPLES = { status: 'CODE', to_list: 'LIST', owner: '' }; // in the command, while nothing is typed
const FIRST = { of: '', where: '', what: 'status', value: '', busy: false, fault: '', tried: null, done: null };
const form = { ...FIRST };

const set = what => {
  Object.assign(form, what, { tried: null, done: null, fault: '' });
  change();
};
const given = () => (form.what === 'delete' ? { delete: true } : { [form.what]: form.value });

/** Return the command that does the same. */
const command = (name, isTry) =>
  `warmline list change ${quoted(name)} --where ${quoted(form.where)}` +
  (form.what === 'delete'
    ? ' --delete'
    : ` --${form.what.replace('_', '-')} ${quoted(form.value || EXAMPLES[form.what])}`) +
  (isTry ? ' --dry-run' : '');

/** Go through the list, some leads in each request, and add up what was done. */
async function go(name, isTry, then) {
  if (form.busy) return;
  Object.assign(form, { busy: true, fault: '', done: null, ...(isTry ? { tried: null } : {}) });
  change();
  const sums = Object.fromEntries(COUNTS.map(one => [one, 0])),
    asked = { where: form.where, ...given(), dry_run: isTry };
  for (let after = 0; after !== null;) {
    const answer = await request(
      'POST',
      api(`lists/${encodeURIComponent(name)}/change`),
      { ...asked, after },
      {},
      PATIENCE,
    );
    if (!answer.ok) {
      form.fault = answer.unknown ? words.unknown : reason(answer);
      break;
    }
    for (const one of COUNTS) sums[one] += answer.body[one];
    ({ after } = answer.body);
  }
  Object.assign(form, { busy: false, ...(isTry ? { tried: form.fault ? null : sums } : { tried: null, done: sums }) });
  if (!isTry) then();
  change();
  requestAnimationFrame(() =>
    document.getElementById(form.fault ? 'why-change' : isTry ? 'tried-change' : 'done-change')?.focus(),
  );
}

/** Draw the form. `then` is called after a change. */
export function changeForm(name, then) {
  if (form.of !== name && !form.busy) Object.assign(form, FIRST, { of: name });
  return html`<form class="card upload" aria-label=${L.many} @submit=${event => {
    event.preventDefault();
    go(name, true, then);
  }}><h2>${L.many}</h2><p class="soft">${L.manyText}</p>
    <div class="pair"><div><label for="change-where">${L.filter}</label><input id="change-where" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder=${L.filterHint} .value=${form.where} @input=${event => set({ where: event.target.value.trim() })}></div>
      <div><label for="change-what">${L.what}</label><select id="change-what" @change=${event => set({ what: event.target.value, value: '' })}>${WHAT.map(one => html`<option value=${one} .selected=${one === form.what}>${L.whats[one]}</option>`)}</select></div>
      ${form.what === 'delete' ? nothing : html`<div><label for="change-value">${L.values[form.what]}</label><input id="change-value" list=${form.what === 'status' ? 'names-disposition' : nothing} ?required=${form.what !== 'owner'} autocomplete="off" spellcheck="false" .value=${form.value} @input=${event => set({ value: event.target.value.trim() })}>${form.what === 'status' ? namesList('disposition') : nothing}</div>`}</div>
    <p class="bad" role="alert" id="why-change" tabindex="-1">${form.fault}</p>${form.tried ? counts(form.tried, 'tried-change', L.tried) : nothing}${form.done ? counts(form.done, 'done-change', L.changedNow) : nothing}
    <p class="soft">${words.menu.command}</p>${copied('change-command', command(name, !form.tried), words.menu.command)}
    <p class="acts"><button id="try-change" aria-disabled=${form.busy ? 'true' : 'false'}>${L.dryRun}</button>${form.tried?.changed ? html`<button type="button" class=${form.what === 'delete' ? 'stop' : 'main'} id="do-change" aria-disabled=${form.busy ? 'true' : 'false'} @click=${() => go(name, false, then)}>${L.changeThem(L.number(form.tried.changed), form.what === 'delete')}</button>` : nothing}</p></form>`;
}

const counts = (sums, id, title) =>
  html`<div class="report" role="group" aria-label=${title}><h3 id=${id} tabindex="-1">${title}</h3><dl class="facts">${COUNTS.filter(one => sums[one] || one === 'matching' || one === 'changed').map(one => html`<div><dt>${L.counts[one]}</dt><dd>${L.number(sums[one])}</dd></div>`)}</dl></div>`;
