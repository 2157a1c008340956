// @ts-check
// The page of callbacks: those that the filters in the address name, the earliest first.
import { html, nothing } from '../vendor/lit-html.js';
import { commandCard, forgetCopied, line } from '../pages/command.js';
import { choiceField, leaveField, loadNames, textField } from '../pages/fields.js';
import { asked, open, read } from '../pages/frame.js';
import { reason } from '../requests.js';
import { change } from '../state.js';
import { words } from '../words.js';
import { callbacksTable, closeForm } from './table.js';

const C = words.callbacks,
  ROWS = 100;
const page = { rows: null, ended: false, fault: '', of: '', turn: 0, named: false };

/** Read what the address asks for. A later question makes the answer of an earlier one void. */
async function follow() {
  const { agent = '', show: state = '' } = asked(),
    filters = Object.entries({ agent, state, limit: String(ROWS) }).filter(([, value]) => value),
    of = `callbacks?${new URLSearchParams(filters)}`;
  forgetCopied();
  if (page.of !== of) {
    closeForm();
    Object.assign(page, { of, rows: null });
  }
  document.title = `${C.title} · ${words.product}`;
  change();
  await take(of, rows => ({ rows, ended: rows.length < ROWS }));
  if (page.named) return;
  page.named = true;
  await loadNames(['agent']);
  change();
}

async function take(of, fresh) {
  const turn = (page.turn += 1),
    answer = await read(of);
  if (turn !== page.turn) return;
  Object.assign(
    page,
    answer.ok ? { fault: '', ...fresh(answer.body) } : { fault: answer.unknown ? words.menu.unread : reason(answer) },
  );
  change();
}

/** Read the rows after the last one. */
const more = () =>
  take(`${page.of}&after=${encodeURIComponent(page.rows.at(-1).id)}`, rows => ({
    rows: [...page.rows, ...rows],
    ended: rows.length < ROWS,
  }));

/** Draw the page. */
function draw() {
  const { rows, ended, fault } = page,
    { agent = '', show: state = '' } = asked();
  return html`<main class="calls"><form class="filters" aria-label=${words.filters.title} @submit=${event => {
    event.preventDefault();
    leaveField();
  }}>${textField('agent', asked(), follow)}${choiceField('show', [['', C.open], ...Object.entries(C.states)], asked(), follow, C.state)}</form>
    ${fault ? html`<p class="bad" role="alert">${fault}</p>` : nothing}
    <section class="card table-card" aria-label=${C.title}><div class="card-head"><h2>${C.title} <b class="soft" role="status">${rows ? words.people.count(rows.length, !ended) : fault ? '' : words.loading}</b></h2><button type="button" class="small" id="do-again" data-key="r" aria-keyshortcuts="r" @click=${follow}>${words.menu.again} <kbd aria-hidden="true">R</kbd></button></div>
    ${rows ? callbacksTable(rows, follow) : nothing}
    ${rows?.length && !ended ? html`<p class="more"><button type="button" id="do-more" data-key="m" aria-keyshortcuts="m" @click=${more}>${words.past.more} <kbd aria-hidden="true">M</kbd></button></p>` : nothing}</section>
    ${commandCard(line(['warmline callback list'], { '--agent': agent, '--state': state }))}</main>`;
}

open('callbacks', draw, follow);
