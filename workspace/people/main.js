// @ts-check
// The page of people: a list by the filters in the address, one person with what can be done, and the form for a new one.
import { html, nothing } from '../vendor/lit-html.js';
import { commandCard, forgetCopied } from '../pages/command.js';
import { choiceField, clearButton, leaveField, loadNames, textField } from '../pages/fields.js';
import { addressWith, asked, goTo, here, open, read } from '../pages/frame.js';
import { forgetUndo } from '../pages/undo.js';
import { reason } from '../requests.js';
import { change } from '../state.js';
import { words } from '../words.js';
import { begin, newPerson } from './new_person.js';
import { mayAdd, onePerson, opened } from './one_person.js';

const P = words.people,
  ROWS = 100,
  MOST = 1000,
  NAMES = ['search', 'role', 'group'],
  WITHOUT_USER = '~';
const page = { rows: null, ended: false, why: '', of: '', turn: 0, named: false };

/** Return the list's part of the address, as the API names it. */
function question() {
  const { search, role, group } = asked();
  return Object.fromEntries(Object.entries({ search, role, user_group: group }).filter(([, value]) => value));
}

/** Read what the address asks for. A later question makes the answer of an earlier one void. */
async function follow() {
  const turn = (page.turn += 1),
    { person, add } = asked(),
    of = person
      ? `person ${person}`
      : add
        ? 'add'
        : `people?${new URLSearchParams({ ...question(), limit: String(ROWS) })}`;
  forgetCopied();
  const isSame = page.of === of;
  if (!isSame) {
    Object.assign(page, { rows: null, why: '' });
    forgetUndo();
    if (add) begin();
    if (person) opened();
  }
  page.of = of;
  document.title = `${P.title} · ${words.product}`;
  change();
  if (!page.named) {
    page.named = true;
    loadNames(['group', 'campaign', 'ingroup', 'agent']).then(() => change());
  }
  if (add) {
    if (!isSame) requestAnimationFrame(() => document.getElementById('new-full_name')?.focus());
    return;
  }
  const wanted = person?.startsWith(WITHOUT_USER)
    ? { agent: person.slice(WITHOUT_USER.length), limit: '1' }
    : { search: person, limit: String(MOST) };
  await take(turn, person ? `people?${new URLSearchParams(wanted)}` : of, rows =>
    person ? { rows: rows.filter(one => one.id === person) } : { rows, ended: rows.length < ROWS },
  );
}

async function take(turn, of, change_) {
  const answer = await read(of);
  if (turn !== page.turn) return;
  Object.assign(
    page,
    answer.ok ? { why: '', ...change_(answer.body) } : { why: answer.unknown ? words.menu.unread : reason(answer) },
  );
  change();
}

/** Read the rows after the last one. */
const more = () =>
  take(page.turn, `${page.of}&after=${encodeURIComponent(page.rows.at(-1).id)}`, rows => ({
    rows: [...page.rows, ...rows],
    ended: rows.length < ROWS,
  }));

/** Draw the page. */
function draw() {
  const { person, add } = asked(),
    back = { person: '', add: '' };
  if (!person && !add)
    return html`<main class="people">${fields()}${page.why ? html`<p class="bad" role="alert">${page.why}</p>` : nothing}${list()}${commandCard('warmline user list')}</main>`;
  return html`<main class="people"><p><a id="back" href=${addressWith(back)} data-key="b" aria-keyshortcuts="b" @click=${event => here(event, back, follow)}>← ${P.back} <kbd aria-hidden="true">B</kbd></a></p>
    ${page.why ? html`<p class="bad" role="alert">${page.why}</p>` : nothing}
    ${add ? newPerson(follow) : page.rows?.length ? onePerson(page.rows[0], follow) : page.rows ? html`<p class="empty">${P.gone}</p>` : nothing}</main>`;
}

const fields = () =>
  html`<form class="filters" aria-label=${words.filters.title} @submit=${event => {
    event.preventDefault();
    leaveField();
  }}>${textField('search', asked(), follow)}
  ${choiceField('role', [['', words.filters.any], ...Object.entries(words.roles)], asked(), follow)}${textField('group', asked(), follow)}${clearButton(NAMES, asked(), follow)}
  ${mayAdd() ? html`<button type="button" class="main" id="do-add" data-key="a" aria-keyshortcuts="a" @click=${() => goTo({ add: '1' }, follow)}>${P.add} <kbd aria-hidden="true">A</kbd></button>` : nothing}</form>`;

/** Draw the people who were found. */
function list() {
  const { rows, ended, why } = page;
  return html`<section class="card table-card" aria-label=${P.title}><div class="card-head"><h2>${P.title} <b class="soft" role="status">${rows ? P.count(rows.length, !ended) : why ? '' : P.reading}</b></h2>
    <button type="button" class="small" id="do-again" data-key="r" aria-keyshortcuts="r" @click=${follow}>${words.menu.again} <kbd aria-hidden="true">R</kbd></button></div>
    ${
      rows?.length
        ? html`<div class="scroll" tabindex="0" role="group" aria-label=${P.title}><table class="list"><caption class="unseen">${P.title}</caption>
      <thead><tr>${['name', 'user', 'role', 'group', 'agent', 'phone', 'campaign', 'ingroups', 'state', 'notes'].map(one => html`<th scope="col">${P[one]}</th>`)}</tr></thead>
      <tbody>${rows.map(row)}</tbody></table></div>${ended ? nothing : html`<p class="more"><button type="button" id="do-more" data-key="m" aria-keyshortcuts="m" @click=${more}>${words.past.more} <kbd aria-hidden="true">M</kbd></button></p>`}`
        : rows
          ? html`<p class="empty">${P.none}</p>`
          : nothing
    }</section>`;
}

/** Return what a list says of a person besides the fields. */
const notesOf = one =>
  [
    one.active ? '' : P.inactive,
    one.locked ? P.locked : '',
    one.user ? (one.must_change ? P.mustChange : '') : P.noUser,
  ]
    .filter(Boolean)
    .join(', ');

const row = one =>
  html`<tr><th scope="row"><a href=${addressWith({ person: one.id })} @click=${event => here(event, { person: one.id }, follow)}>${one.full_name || one.user || one.agent}</a></th>
  <td>${one.user}</td><td>${words.roles[one.role] ?? one.role}</td><td>${one.user_group}</td><td>${one.agent}</td><td>${one.phone || (one.agent ? P.browser : '')}</td><td>${one.campaign}</td>
  <td class="text" title=${one.ingroups.join(', ')}>${one.ingroups.join(', ')}</td><td>${words.states[one.state] ?? one.state}</td><td>${notesOf(one)}</td></tr>`;

open('people', draw, follow);
