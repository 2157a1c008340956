// @ts-check
// The page of past calls: a search by the filters in the address, and the story of the call that the address names.
import { html, nothing } from '../vendor/lit-html.js';
import { commandCard, forgetCopied, quoted } from '../pages/command.js';
import { choiceField, clearButton, leaveField, loadNames, periodField, periodOf, textField } from '../pages/fields.js';
import { addressWith, asked, here, open, read } from '../pages/frame.js';
import { moment, written } from '../pages/written.js';
import { reason } from '../requests.js';
import { change, local } from '../state.js';
import { words } from '../words.js';
import { groupName } from '../words/group_name.js';
import { loadOwn, ownRecordings } from './own_recordings.js';
import { story } from './story.js';

const P = words.past,
  ROWS = 100;
const NAMES = [
  'number',
  'ingroup',
  'agent',
  'campaign',
  'disposition',
  'outcome',
  'recorded',
  'length',
  'notes',
  'mark',
];
const OF_OTHERS = ['agent', 'campaign', 'mark']; // filters that an agent does not have
const page = { rows: null, ended: false, why: '', of: '', call: null, turn: 0, named: false };

/** Return whether an agent looks at the own calls. Their story names other agents, so it stays closed. */
const isOwn = () => local.user.rights['calls:read'] === 'own';

/** Return the search's part of the address. */
const question = () => ({
  ...periodOf(asked()),
  ...Object.fromEntries(
    NAMES.filter(one => asked()[one] && !(isOwn() && one === 'mark')).map(one => [one, asked()[one]]),
  ),
});

/** Read what the address asks for. A later question makes the answer of an earlier one void. */
async function follow() {
  const turn = (page.turn += 1),
    { call } = asked(),
    of = call
      ? `past-calls/${encodeURIComponent(call)}/timeline`
      : `past-calls?${new URLSearchParams({ ...question(), limit: String(ROWS) })}`;
  forgetCopied();
  Object.assign(page, { why: '', ...(page.of === of ? {} : { rows: null, call: null }), of });
  document.title = `${isOwn() ? P.own : P.title} · ${words.product}`;
  change();
  await take(turn, of, answer => (call ? { call: answer } : { rows: answer, ended: answer.length < ROWS }));
  if (isOwn()) return loadOwn();
  if (!call && !page.named) {
    page.named = true;
    loadNames(['ingroup', 'campaign', 'agent', 'disposition']).then(() => change());
  }
}

async function take(turn, of, change_) {
  const answer = await read(of);
  if (turn !== page.turn) return;
  Object.assign(page, answer.ok ? change_(answer.body) : { why: answer.unknown ? words.menu.unread : reason(answer) });
  change();
}

/** Read the rows after the last one. */
const more = () =>
  take(page.turn, `${page.of}&after=${encodeURIComponent(page.rows.at(-1).call)}`, rows => ({
    rows: [...page.rows, ...rows],
    ended: rows.length < ROWS,
  }));

const command = () =>
  [
    'warmline audit calls',
    ...Object.entries(question()).map(([name, value]) =>
      name === 'recorded' ? (value === 'true' ? '--recorded' : '--not-recorded') : `--${name} ${quoted(value)}`,
    ),
  ].join(' ');

/** Draw the page. */
function draw() {
  const { call } = asked();
  const again = html`<button type="button" class="small" id="do-again" data-key="r" aria-keyshortcuts="r" @click=${follow}>${words.menu.again} <kbd aria-hidden="true">R</kbd></button>`;
  return html`<main class="calls">${
    call
      ? html`<p><a id="back" href=${addressWith({ call: '' })} data-key="b" aria-keyshortcuts="b" @click=${event => here(event, { call: '' }, follow)}>← ${P.back} <kbd aria-hidden="true">B</kbd></a></p>`
      : fields()
  }${page.why ? html`<p class="bad" role="alert">${page.why}</p>${again}` : nothing}
    ${call ? (page.call ? html`${story(page.call, follow)}${commandCard(`warmline audit call ${quoted(page.call.id)}`)}` : nothing) : html`${isOwn() ? html`<p class="soft">${P.ownText}</p>` : nothing}${list(again)}${isOwn() ? nothing : commandCard(command())}`}</main>`;
}

const choices = values => Object.entries(values).map(([id, text]) => [id, text]);

const fields = () =>
  html`<form class="filters" aria-label=${words.filters.title} @submit=${event => {
    event.preventDefault();
    leaveField();
  }}>${periodField(asked(), follow)}
  ${['number', 'ingroup', 'agent', 'campaign', 'disposition'].filter(one => !isOwn() || !OF_OTHERS.includes(one)).map(name => textField(name, asked(), follow))}
  ${choiceField('outcome', choices(P.outcomes), asked(), follow)}${choiceField('recorded', choices(P.recordings), asked(), follow)}
  ${textField('length', asked(), follow, P.lengthHint)}${textField('notes', asked(), follow)}${isOwn() ? nothing : choiceField('mark', choices(P.marks), asked(), follow)}${clearButton(NAMES, asked(), follow)}</form>`;

/** Draw the calls that were found. */
function list(again) {
  const { rows, ended, why } = page;
  return html`<section class="card table-card" aria-label=${P.title}><div class="card-head"><h2>${P.title} <b class="soft" role="status">${rows ? P.count(rows.length, !ended) : why ? '' : P.reading}</b></h2>${why ? nothing : again}</div>
    ${
      rows?.length
        ? html`<div class="scroll" tabindex="0" role="group" aria-label=${P.title}><table class="list"><caption class="unseen">${P.title}</caption>
      <thead><tr>${['when', 'way', 'number', 'queue', 'agent', 'waited', 'talked', 'outcome', 'code', 'recorded', ...(isOwn() ? [] : ['marked'])].map(one => html`<th scope="col" class=${SIDE[one] ?? ''}>${P[one]}</th>`)}</tr></thead>
      <tbody>${rows.map(row)}</tbody></table></div>${ended ? nothing : html`<p class="more"><button type="button" id="do-more" data-key="m" aria-keyshortcuts="m" @click=${more}>${P.more} <kbd aria-hidden="true">M</kbd></button></p>`}`
        : rows
          ? html`<p class="empty">${P.none}</p>`
          : nothing
    }</section>`;
}

const SIDE = { waited: 'number', talked: 'number' };
const length = ms => written({ form: 'length' }, ms);

const time = one =>
  isOwn()
    ? moment(one.arrived, local.user.timezone)
    : html`<a href=${addressWith({ call: one.call })} @click=${event => here(event, { call: one.call }, follow)}>${moment(one.arrived, local.user.timezone)}</a>`;

const row = one =>
  html`<tr><th scope="row">${time(one)}</th>
  <td>${P.ways[one.direction] ?? one.direction}</td><td>${one.number || P.untitled}</td><td>${groupName(one)}</td><td>${one.full_name || one.agent}</td><td class="number">${one.waited_ms === null ? '' : length(one.waited_ms)}</td>
  <td class="number">${one.length_ms ? length(one.length_ms) : ''}</td><td><span class="outcome ${one.outcome}">${P.outcomes[one.outcome] ?? one.outcome}</span></td><td>${one.code}</td><td>${one.recorded ? html`<span class="dot full"></span> ${P.yes}${isOwn() ? ownRecordings(one.call) : nothing}` : nothing}</td>${
    isOwn()
      ? nothing
      : html`<td>${one.marks
          .split(' ')
          .filter(Boolean)
          .map(mark => P.marks[mark] ?? mark)
          .join(', ')}</td>`
  }</tr>`;

open('calls', draw, follow);
