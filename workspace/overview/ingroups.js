// @ts-check
// The in-groups: who waits, since when, the service of the day, and the ready agents.
import { html, nothing } from '../vendor/lit-html.js';
import { repeat } from '../vendor/directives/repeat.js';
import { change, local } from '../state.js';
import { since } from '../times.js';
import { groupName } from '../words/group_name.js';
import { words } from '../words.js';
import { marked } from './agents.js';
import { ingroups as shown, mark } from './lists.js';

const O = words.overview;

/** Draw the in-groups. On a wallboard, which has no buttons, `most` of them have a row, those with callers first. */
export function ingroups(most = 0) {
  const press = !most,
    all = shown(),
    rows = press
      ? all
      : [...all].sort((a, b) => b.waiting - a.waiting || (b.offered ?? 0) - (a.offered ?? 0)).slice(0, most);
  return html`<section class="card ingroups" aria-label=${O.ingroups}><div class="card-head"><h2>${O.ingroups}</h2></div>
  <div class="scroll" tabindex=${press ? '0' : nothing} role=${press ? 'group' : nothing} aria-label=${press ? O.ingroups : nothing}>${
    rows.length
      ? html`<table class="list figures"><thead><tr><th scope="col">${O.ingroup}</th>
    ${Object.values(O.heads).map(one => html`<th scope="col">${one}</th>`)}</tr></thead>
    <tbody>${repeat(
      rows,
      one => one.ingroup,
      one => row(one, press),
    )}</tbody></table>${all.length > rows.length ? html`<p class="soft more">${words.wall.more(all.length - rows.length)}</p>` : nothing}`
      : html`<p class="empty">${O.noIngroups}</p>`
  }</div></section>`;
}

const row = (one, press) =>
  html`<tr class=${mark(one)}><th scope="row">${press ? name(one) : groupName(one)}</th>
  <td class="waiting"><b>${one.waiting}</b></td><td class="for">${one.longest_since ? html`<time>${since(one.longest_since)}</time> ${marked(one)}` : html`<span class="soft">${O.none}</span>`}</td>
  <td>${one.ready}<small>/${one.agents}</small></td>
  <td class="level">${level(one.service_level, O.within(one.within))}</td><td>${one.answered ?? O.none}</td><td>${one.abandoned ?? O.none}</td></tr>`;

/** Draw a share as a number and a bar. */
export const level = (share, title) =>
  html`<span title=${title}>${O.percent(share)}</span>${share === null || share === undefined ? nothing : html`<meter min="0" max="1" .value=${share} aria-hidden="true"></meter>`}`;

const name = one =>
  html`<button type="button" class="link" id="ingroup-${one.ingroup}" title=${one.ingroup} aria-pressed=${local.find.ingroup === one.ingroup ? 'true' : 'false'}
  @click=${() => change({ find: { ...local.find, ingroup: local.find.ingroup === one.ingroup ? '' : one.ingroup } })}>${groupName(one)}</button>`;
