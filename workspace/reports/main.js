// The page of the reports: the same figures as `warmline report`, with the command that prints them.
import { html, nothing } from '../vendor/lit-html.js';
import { asked, open } from '../pages/frame.js';
import { api, reason, request } from '../requests.js';
import { change } from '../state.js';
import { words } from '../words.js';
import { command, question } from './command.js';
import { filters, kinds, loadNames } from './filters.js';
import { plot } from './plot.js';
import { meanings, table } from './table.js';
import { moment } from './written.js';

const R = words.reports, PATIENCE = 20_000; // milliseconds; the server itself ends a report after 5 s
const page = { kinds: [], answer: null, of: '', why: '', turn: 0, reading: false, said: '' };

const chosen = () => page.kinds.find(one => one.report === asked().report) ?? page.kinds[0];
const address = (kind, path) => `${api(`reports/${path}${kind.report}`)}?${new URLSearchParams(question(kind, asked()))}`;

/** Read the report that the address asks for. A later question makes the answer of an earlier one void. */
async function follow() {
  const turn = page.turn += 1;
  if (!page.kinds.length) {
    const listed = await request('GET', api('reports'));
    if (!listed.ok) { Object.assign(page, { why: listed.unknown ? R.unread : reason(listed) }); return change(); }
    page.kinds = listed.body;
    loadNames().then(() => change());
  }
  const kind = chosen(), of = address(kind, '');
  Object.assign(page, { reading: true, said: '' });
  if (page.of !== of) Object.assign(page, { answer: null, why: '' });
  document.title = `${R.names[kind.report] ?? kind.report} · ${words.product}`;
  change();
  const answer = await request('GET', of, undefined, {}, PATIENCE);
  if (turn !== page.turn) return;
  Object.assign(page, { reading: false, of, answer: answer.ok ? answer.body : null, why: answer.ok ? '' : answer.unknown ? R.unread : reason(answer) });
  change();
}

/** Draw the page. */
function draw() {
  const kind = chosen();
  if (!kind) return html`<main class="none"><p role="status">${page.why || words.link.connecting}</p></main>`;
  return html`<main class="reports">${kinds(page.kinds, kind, follow)}<div class="report">${filters(kind, asked(), follow)}
    <div class="report-head"><div><h2>${R.names[kind.report] ?? kind.report}</h2><p class="soft" role="status">${state()}</p></div>
      <p class="acts"><button type="button" id="do-again" data-key="r" aria-keyshortcuts="r" @click=${follow}>${R.again} <kbd aria-hidden="true">R</kbd></button>
        <a class="button" id="do-csv" href=${address(kind, 'sheets/')} download data-key="d" aria-keyshortcuts="d">${R.csv} <kbd aria-hidden="true">D</kbd></a>
        <button type="button" id="do-print" data-key="p" aria-keyshortcuts="p" @click=${() => print()}>${R.print} <kbd aria-hidden="true">P</kbd></button></p></div>
    ${page.why ? html`<p class="bad" role="alert">${page.why}</p>` : nothing}
    ${page.answer ? html`${plot(kind, page.answer)}${table(kind, page.answer, asked(), follow)}` : nothing}
    ${told(kind)}${meanings(kind, asked())}</div></main>`;
}

function state() {
  const { answer } = page;
  if (!answer) return page.why ? '' : R.reading;
  return R.of(moment(answer.since, answer.timezone), moment(answer.until, answer.timezone), answer.timezone);
}

/** Draw the command that prints the same report. */
const told = kind => html`<section class="card command" aria-label=${R.command}><h2>${R.command}</h2><code id="command" tabindex="0" role="group" aria-label=${R.command}>${command(kind, asked())}</code>
  <button type="button" class="small" id="do-copy" data-key="c" aria-keyshortcuts="c" @click=${copy}>${R.copy} <kbd aria-hidden="true">C</kbd></button><span role="status">${page.said}</span></section>`;

/** Copy the command. A page that is not served by HTTPS copies what is selected. */
async function copy() {
  const code = document.getElementById('command');
  getSelection().selectAllChildren(code);
  try { await navigator.clipboard.writeText(code.textContent); page.said = R.copied; } catch { page.said = document.execCommand('copy') ? R.copied : R.selected; }
  change();
}

open('reports', draw, follow);
