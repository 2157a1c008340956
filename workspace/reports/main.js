// @ts-check
// The page of the reports: the same figures as `warmline report`, with the command that prints them.
import { html, nothing } from '../vendor/lit-html.js';
import { commandCard, forgetCopied } from '../pages/command.js';
import { loadNames } from '../pages/fields.js';
import { asked, open, read } from '../pages/frame.js';
import { mayChange } from '../pages/undo.js';
import { moment } from '../pages/written.js';
import { api, reason } from '../requests.js';
import { change } from '../state.js';
import { words } from '../words.js';
import { command, question } from './command.js';
import { filters, kinds } from './filters.js';
import { plot } from './plot.js';
import { meanings, table } from './table.js';

const R = words.reports,
  SCHEDULED = 'scheduled-report';
const page = { kinds: [], answer: null, of: '', why: '', turn: 0, named: false };

const chosen = () => page.kinds.find(one => one.report === asked().report) ?? page.kinds[0];
const address = (kind, path) => `reports/${path}${kind.report}?${new URLSearchParams(question(kind, asked()))}`;

/** Read the report that the address asks for. A later question makes the answer of an earlier one void. */
async function follow() {
  const turn = (page.turn += 1);
  if (!page.kinds.length) {
    const listed = await read('reports');
    if (!listed.ok) {
      Object.assign(page, { why: listed.unknown ? words.menu.unread : reason(listed) });
      return change();
    }
    page.kinds = listed.body;
  }
  const kind = chosen(),
    of = address(kind, '');
  forgetCopied();
  if (page.of !== of) Object.assign(page, { answer: null, why: '' });
  document.title = `${R.names[kind.report] ?? kind.report} · ${words.product}`;
  change();
  const answer = await read(of);
  if (turn !== page.turn) return;
  Object.assign(page, {
    of,
    answer: answer.ok ? answer.body : null,
    why: answer.ok ? '' : answer.unknown ? words.menu.unread : reason(answer),
  });
  change();
  if (!page.named) {
    page.named = true;
    loadNames(['ingroup', 'campaign', 'agent', 'group']).then(() => change());
  }
}

/** Draw the page. */
function draw() {
  const kind = chosen();
  if (!kind) return html`<main class="none"><p role="status">${page.why || words.link.connecting}</p></main>`;
  return html`<main class="reports kinds-beside">${kinds(page.kinds, kind, follow)}<div class="report">${filters(kind, asked(), follow)}
    <div class="report-head"><div><h2>${R.names[kind.report] ?? kind.report}</h2><p class="soft" role="status">${state()}</p></div>
      <p class="acts"><button type="button" id="do-again" data-key="r" aria-keyshortcuts="r" @click=${follow}>${words.menu.again} <kbd aria-hidden="true">R</kbd></button>
        <a class="button" id="do-csv" href=${api(address(kind, 'sheets/'))} download data-key="d" aria-keyshortcuts="d">${R.csv} <kbd aria-hidden="true">D</kbd></a>
        <button type="button" id="do-print" data-key="p" aria-keyshortcuts="p" @click=${() => print()}>${R.print} <kbd aria-hidden="true">P</kbd></button>
        ${mayChange([SCHEDULED]) ? html`<a class="button" id="go-sending" href=${sending(kind)}>${R.send}</a>` : nothing}</p></div>
    ${page.why ? html`<p class="bad" role="alert">${page.why}</p>` : nothing}
    ${page.answer ? html`${plot(kind, page.answer)}${table(kind, page.answer, asked(), follow)}` : nothing}
    ${commandCard(command(kind, asked()))}${meanings(kind, asked())}</div></main>`;
}

const MAILED = { WEEK: ['thisweek', 'lastweek', '7d'], MONTH: ['thismonth', 'lastmonth'] }; // periods of a page

/** Return the address of the form that sends this report by mail, with its filters and the period that is nearest. */
function sending(kind) {
  const { ingroup = '', campaign = '', group = '', ...others } = question(kind, asked()),
    period = Object.keys(MAILED).find(one => Object.values(others).some(value => MAILED[one].includes(value))) ?? 'DAY';
  const filled = Object.entries({ reports: kind.report, period, ingroup, campaign, user_group: group });
  const given = new URLSearchParams(filled.filter(([, value]) => value));
  return `config.html?${new URLSearchParams({ kind: SCHEDULED, new: '1', given: String(given) })}`;
}

function state() {
  const { answer } = page;
  if (!answer) return page.why ? '' : R.reading;
  return R.of(moment(answer.since, answer.timezone), moment(answer.until, answer.timezone), answer.timezone);
}

open('reports', draw, follow);
