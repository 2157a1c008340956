// A list as a table, with what is said while it is read, empty, or cannot be read.
import { html, nothing } from '../vendor/lit-html.js';
import { command, local } from '../state.js';
import { load, more } from '../lists.js';
import { words } from '../words.js';
import { dial } from './idle.js';

/** Draw a list. `heads` are its columns, `cells` makes the cells of a row. */
export function rows(name, heads, cells, { none, moreText = '' }) {
  load(name);
  const kept = local.lists[name] ?? {};
  if (!kept.rows) return kept.why ? failed(name, kept.why) : html`<p class="soft">${words.loading}</p>`;
  if (!kept.rows.length) return html`<p class="soft">${none}</p>`;
  return html`${kept.why ? failed(name, kept.why) : nothing}<table class="rows ${name}"><thead><tr>${heads.map(one => html`<th scope="col">${one}</th>`)}</tr></thead>
    <tbody>${kept.rows.map(one => html`<tr>${cells(one).map(cell => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>
    ${moreText && !kept.end ? html`<button type="button" class="quiet" id="more-${name}" @click=${() => more(name)}>${moreText}</button>` : nothing}`;
}

const failed = (name, why) => html`<p class="bad">${words.failedList(why)} <button type="button" id="again-${name}" @click=${() => load(name, { force: true })}>${words.again}</button></p>`;

/** Draw the button that dials a row. */
export function dialButton(id, number, body = { number }) {
  const { allowed, why } = command('dial');
  return html`<button type="button" class="small" id="dial-${id}" aria-label=${words.dialRow(number)} aria-disabled=${allowed ? 'false' : 'true'} title=${allowed ? nothing : why} @click=${() => dial(body)}>${words.buttons.dial}</button>`;
}
