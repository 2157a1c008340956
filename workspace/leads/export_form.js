// @ts-check
// The leads of a list as a CSV file: read page by page, and put together in the browser.
import { html, nothing } from '../vendor/lit-html.js';
import { copied, quoted } from '../pages/command.js';
import { read } from '../pages/frame.js';
import { reason } from '../requests.js';
import { change } from '../state.js';
import { words } from '../words.js';
import { line } from './csv_line.js';

const L = words.leadLists,
  PAGE = 1000,
  OWN = 'custom_fields',
  OLD = 60_000; // milliseconds until a browser has stored the file
const OF_DIALLER = ['user', 'jurisdictions', 'passes', 'next_try', 'held_by', 'held_until', 'next_number']; // left out, as by the command
const FIRST = { of: '', where: '', busy: false, fault: '', done: 0, said: '' };
const form = { ...FIRST };

const command = name =>
  `warmline list export ${quoted(name)}${form.where ? ` --where ${quoted(form.where)}` : ''} --to ${quoted(`list-${name}.csv`)}`;
const columns = lead => Object.keys(lead).filter(one => one !== OWN && !OF_DIALLER.includes(one));
const cells = (lead, own) => [...columns(lead).map(one => lead[one]), ...own.map(one => lead[OWN]?.[one])];

async function save(name) {
  if (form.busy) return;
  Object.assign(form, { busy: true, fault: '', done: 0, said: '' });
  change();
  const parts = [];
  let own = [];
  for (let after = 0, isMore = true; isMore;) {
    const answer = await read(
        `lists/${encodeURIComponent(name)}/leads?${new URLSearchParams({ ...(form.where ? { where: form.where } : {}), after: String(after), limit: String(PAGE) })}`,
      ),
      rows = answer.body;
    if (!answer.ok) {
      form.fault = answer.unknown ? words.unknown : reason(answer);
      break;
    }
    if (!parts.length && rows.length) {
      own = Object.keys(rows[0][OWN] ?? {});
      parts.push(line([...columns(rows[0]), ...own]));
    }
    parts.push(...rows.map(one => line(cells(one, own))));
    form.done += rows.length;
    change();
    isMore = rows.length === PAGE;
    after = rows.at(-1)?.lead_id ?? after;
  }
  if (!form.fault && form.done) give(parts, `list-${name}.csv`);
  Object.assign(form, { busy: false, said: form.fault ? '' : L.exported(L.number(form.done)) });
  change();
}

/** Let the browser store a file. */
function give(parts, name) {
  const address = URL.createObjectURL(new Blob(parts, { type: 'text/csv;charset=utf-8' }));
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), OLD);
}

/** Draw the form. */
export function exportForm(name, leads) {
  if (form.of !== name && !form.busy) Object.assign(form, FIRST, { of: name });
  return html`<form class="card upload" aria-label=${L.takeAlong} @submit=${event => {
    event.preventDefault();
    save(name);
  }}><h2>${L.takeAlong}</h2><p class="soft">${L.exportText}</p>
    <div><label for="export-where">${L.filter}</label><input id="export-where" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder=${L.filterHint} .value=${form.where} @input=${event => {
      Object.assign(form, { where: event.target.value.trim(), said: '', fault: '' });
      change();
    }}></div>
    ${form.busy ? html`<progress max=${leads} value=${form.done} aria-label=${L.takeAlong}></progress>` : nothing}<p class="bad" role="alert">${form.fault}</p><p role="status" class="said" id="exported">${form.said}</p>
    <p class="acts"><button id="do-export" aria-disabled=${form.busy ? 'true' : 'false'}>${words.reports.csv}</button></p>${copied('export-command', command(name), words.menu.command)}</form>`;
}
