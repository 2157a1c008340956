// @ts-check
// A list as a table, with what is said while it is read, empty, or cannot be read.
import { html, nothing } from '../vendor/lit-html.js';
import { command, local } from '../state.js';
import { load, more } from '../lists.js';
import { tell } from '../commands.js';
import { words } from '../words.js';
import { drawn } from './buttons.js';
import { dial } from './idle.js';

/** Draw a list. `heads` are its columns, `cells` makes the cells of a row. */
export function rows(name, heads, cells, { none, moreText = '' }) {
  load(name);
  const kept = local.lists[name] ?? {};
  if (!kept.rows) return kept.why ? failed(name, kept.why) : html`<p class="soft">${words.loading}</p>`;
  if (!kept.rows.length) return html`<p class="soft">${none}</p>`;
  return html`${kept.why ? failed(name, kept.why) : nothing}<table class="rows ${name}" role="table"><thead role="rowgroup"><tr role="row">${heads.map(one => html`<th scope="col" role="columnheader">${one}</th>`)}</tr></thead>
    <tbody role="rowgroup" @click=${guard(name, kept.rows)}>${kept.rows.map(one => html`<tr role="row">${cells(one).map(cell => html`<td role="cell">${cell}</td>`)}</tr>`)}</tbody></table>
    ${moreText && !kept.end ? html`<button type="button" class="quiet" id="more-${name}" @click=${() => more(name)}>${moreText}</button>` : nothing}`;
}

const SETTLES = 700; // milliseconds after which a pointer is taken to mean the row that is under it now
const drawnRows = {},
  guards = {};

/** Return what takes the clicks on a list, whose rows may have moved under the pointer just before. */
function guard(name, shownRows) {
  const ids = shownRows.map(one => one.id ?? one.lead_id ?? one.call),
    { ids: before = [], at = -Infinity } = drawnRows[name] ?? {};
  drawnRows[name] = { ids, at: before.every((id, n) => id === ids[n]) ? at : performance.now() }; // more rows at the end move none
  return (guards[name] ??= { capture: true, handleEvent: event => isLate(event, name) && refuse(event, name) });
}

const isLate = (event, name) =>
  event.detail > 0 && event.target.closest('button') && performance.now() - drawnRows[name].at < SETTLES;

function refuse(event, name) {
  event.stopPropagation();
  tell({ label: words.tabs[name], text: words.moved, ok: false });
}

const failed = (name, why) =>
  html`<p class="bad">${words.failedList(why)} <button type="button" id="again-${name}" @click=${() => load(name, { force: true })}>${words.again}</button></p>`;

/**
 * Draw the button that dials a row. A call that came without a number cannot be called back, and the button says so.
 * @param {string} id
 * @param {string} number
 * @param {{number?: string, lead?: number, callback?: number}} [body]
 */
export function dialButton(id, number, body = { number }) {
  const may = () =>
    'number' in body && !/\d/.test(body.number ?? '') ? { allowed: false, why: words.noNumber } : command('dial');
  return drawn({
    id: `dial-${id}`,
    label: words.buttons.dial,
    spoken: words.dialRow(number),
    kind: 'small',
    ...may(),
    run: () => dial(body, may()),
  });
}

/** Draw the mark of a number on a do-not-call list; `list` names the list, "" for none. */
export const listed = list =>
  list ? html` <span class="outcome failed" title=${list}>${words.doNotCall}</span>` : nothing;
