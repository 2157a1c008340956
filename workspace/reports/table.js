// @ts-check
// The table of a report: its rows, which any column sorts, and the total below them.
import { html, nothing } from '../vendor/lit-html.js';
import { addressWith, goTo, here } from '../pages/frame.js';
import { NUMBERS, written } from '../pages/written.js';
import { words } from '../words.js';
import { callsBehind } from './calls_behind.js';

const R = words.reports;
const ROOM = 5; // figures that a terminal leaves out before these are shown with all figures only

/** Return the columns to show: all of them, or those that matter most. The key of a row, which no terminal leaves out, comes first. */
function columnsOf(kind, all) {
  const shown = kind.columns.filter(one => all || (one.spare >= 0 && one.spare <= ROOM)),
    key = shown.find(one => !one.spare);
  return [key, ...shown.filter(one => one !== key)];
}

/** Draw the table. `asked` has the column that sorts it, with a minus for the largest first. */
export function table(kind, answer, asked, follow) {
  const columns = columnsOf(kind, asked.all),
    more = kind.columns.length > columnsOf(kind, false).length;
  const sort = columns.some(one => one.name === asked.sort?.replace(/^-/, '')) ? asked.sort : '';
  return html`<section class="card table-card" aria-label=${R.figures}><div class="card-head"><h2>${R.figures} <b class="soft">${R.rows(answer.rows.length)}</b></h2>
    ${more ? html`<label class="check"><input type="checkbox" id="all" data-key="a" aria-keyshortcuts="a" .checked=${Boolean(asked.all)} @change=${event => goTo({ all: event.target.checked ? '1' : '' }, follow)}> ${R.all} <kbd aria-hidden="true">A</kbd></label>` : nothing}</div>
    ${
      answer.rows.length
        ? html`<div class="scroll" tabindex="0" role="group" aria-label=${R.figures}><table class="list">
      <caption class="unseen">${R.names[kind.report] ?? kind.summary}</caption>
      <thead><tr>${columns.map(one => head(one, sort, follow))}</tr></thead>
      <tbody>${sorted(answer.rows, sort).map(row => line(columns, row, answer.timezone, '', callsBehind(kind, row, asked), kind.report === 'callbacks' ? R.callbacksOf : R.callsOf))}</tbody>
      <tfoot>${line(columns, answer.totals, answer.timezone, R.total)}</tfoot></table></div>`
        : html`<p class="empty">${R.empty}</p>`
    }</section>`;
}

const side = column => (NUMBERS.includes(column.form) ? 'number' : column.form);

/** Draw the head of a column, which sorts by it: first the largest figures, or the texts from A to Z. */
function head(column, sort, follow) {
  const is = sort.replace(/^-/, '') === column.name && (sort.startsWith('-') ? 'descending' : 'ascending'),
    first = NUMBERS.includes(column.form) ? '-' : '';
  const next = is
    ? sort.startsWith('-') === Boolean(first)
      ? `${first ? '' : '-'}${column.name}`
      : ''
    : `${first}${column.name}`;
  return html`<th scope="col" class=${side(column)} aria-sort=${is || nothing}><a href=${addressWith({ sort: next })} title=${column.meaning.replaceAll('`', '')} @click=${event => here(event, { sort: next }, follow)}>${column.head}</a></th>`;
}

function sorted(rows, sort) {
  if (!sort) return rows;
  const name = sort.replace(/^-/, ''),
    sign = sort.startsWith('-') ? -1 : 1;
  const of = row =>
    typeof row[name] === 'object' && row[name]
      ? Object.values(row[name]).reduce((sum, one) => sum + one, 0)
      : row[name];
  const isMissing = value => value === null || value === '';
  return [...rows].sort(
    (a, b) =>
      Number(isMissing(of(a))) - Number(isMissing(of(b))) || sign * (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0),
  );
}

const line = (columns, row, zone, total = '', behind = '', title = R.callsOf) =>
  html`<tr>${columns.map((one, n) => {
    const text =
      total && !n
        ? total
        : total && row[one.name] === ''
          ? ''
          : written(one, row[one.name], zone) || (one.form === 'key' && !one.spare && !total ? R.none : '');
    return n
      ? html`<td class=${side(one)}>${text}</td>`
      : html`<th scope="row" class=${side(one)}>${behind ? html`<a href=${behind} title=${title(text)}>${text}</a>` : text}</th>`;
  })}</tr>`;

/** Draw what each figure means, in the words of the server. */
export const meanings = (kind, asked) =>
  html`<details class="card meanings"><summary>${R.meanings}</summary><dl>${columnsOf(kind, asked.all).map(
    one =>
      html`<div><dt>${one.head}</dt>
  <dd>${one.meaning.split('`').map((text, n) => (n % 2 ? html`<code>${text}</code>` : text))}</dd></div>`,
  )}</dl></details>`;
