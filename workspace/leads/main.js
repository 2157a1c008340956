// @ts-check
// The page of the leads: the lists, one list with its counts and the upload, and the do-not-call numbers.
import { html, nothing } from '../vendor/lit-html.js';
import { commandCard, forgetCopied, quoted } from '../pages/command.js';
import { loadNames } from '../pages/fields.js';
import { addressWith, asked, here, open, read } from '../pages/frame.js';
import { reason } from '../requests.js';
import { change } from '../state.js';
import { words } from '../words.js';
import { loadNumbers, numbersPage } from './dnc.js';
import { findCommand, foundPage, loadFound } from './find.js';
import { oneList } from './one_list.js';
import { beginUpload, findImports, uploadElsewhere } from './upload_form.js';

const L = words.leadLists,
  ROWS = 200,
  SLOW = 150_000,
  DNC = 'dnc',
  FIND = 'find';
const page = { lists: null, ended: false, entry: null, counts: null, why: '', of: '', turn: 0, named: false };
const none = { list: '', part: '', number: '', name: '', vendor_lead_code: '', email: '', lead: '' };

/** Read what the address asks for. A later question makes the answer of an earlier one void. */
async function follow() {
  const turn = (page.turn += 1),
    { list, part } = asked(),
    of = `${list ?? ''} ${part ?? ''}`;
  forgetCopied();
  if (page.of !== of) Object.assign(page, { of, entry: null, counts: null, why: '' });
  beginUpload(part === DNC ? '' : (list ?? '-'));
  document.title = `${part === DNC ? L.dnc : L.title} · ${words.product}`;
  change();
  findImports(follow);
  if (!page.named) {
    page.named = true;
    loadNames(['campaign', 'disposition', 'agent']).then(() => change());
  }
  if (part === DNC) return loadNumbers();
  if (part === FIND) return loadFound();
  if (!list) return take(turn, `config/list?limit=${ROWS}`, rows => ({ lists: rows, ended: rows.length < ROWS }));
  await take(turn, `config/list/${encodeURIComponent(list)}`, entry => ({ entry }));
  if (page.entry) await take(turn, `lists/${encodeURIComponent(list)}/counts`, counts => ({ counts }), SLOW);
}

async function take(turn, path, change_, patience) {
  const answer = await read(path, patience);
  if (turn !== page.turn) return;
  Object.assign(
    page,
    answer.ok ? { why: '', ...change_(answer.body) } : { why: answer.unknown ? words.menu.unread : reason(answer) },
  );
  change();
}

const more = () =>
  take(page.turn, `config/list?limit=${ROWS}&after=${encodeURIComponent(page.lists.at(-1).name)}`, rows => ({
    lists: [...page.lists, ...rows],
    ended: rows.length < ROWS,
  }));

/** Draw the page. */
function draw() {
  const { list, part } = asked();
  return html`<main class="leads kinds-beside"><nav class="kinds" aria-label=${L.title}><ul>${link({}, L.lists, !part)}${link({ part: FIND }, L.findLead, part === FIND)}${link({ part: DNC }, L.dnc, part === DNC)}</ul></nav><div class="content">${page.why ? html`<p class="bad" role="alert">${page.why}</p>` : nothing}
    ${part === DNC || list ? nothing : uploadElsewhere()}${
      part === FIND
        ? html`${foundPage(follow)}${commandCard(findCommand())}`
        : part === DNC
          ? html`${numbersPage(follow)}${commandCard(asked().number ? `warmline dnc find ${quoted(asked().number)}` : 'warmline dnc list')}`
          : list
            ? html`<p><a id="back" href=${addressWith(none)} data-key="b" aria-keyshortcuts="b" @click=${event => here(event, none, follow)}>← ${L.lists} <kbd aria-hidden="true">B</kbd></a></p>
      ${page.entry ? oneList(list, page, follow) : nothing}${commandCard(`warmline list counts ${quoted(list)}`)}`
            : lists()
    }</div></main>`;
}

const link = (what, text, isCurrent) =>
  html`<li><a href=${addressWith({ ...none, ...what })} aria-current=${isCurrent ? 'page' : nothing} @click=${event => here(event, { ...none, ...what }, follow)}>${text}</a></li>`;

/** Draw the lists. */
function lists() {
  const rows = page.lists;
  return html`<div class="head"><h2>${L.lists}</h2><p class="soft">${L.listsText}</p></div><section class="card table-card" aria-label=${L.lists}>${
    rows?.length
      ? html`<div class="scroll" tabindex="0" role="group" aria-label=${L.lists}><table class="list"><caption class="unseen">${L.lists}</caption>
    <thead><tr>${['list', 'name', 'campaign', 'country', 'active'].map(one => html`<th scope="col">${L.heads[one]}</th>`)}</tr></thead><tbody>${rows.map(
      one =>
        html`<tr><th scope="row"><a href=${addressWith({ list: one.name })} @click=${event => here(event, { list: one.name }, follow)}>${one.name}</a></th>
      <td>${one.options.list_name}</td><td>${one.options.campaign}</td><td>${one.options.country}</td><td>${one.options.active === 'N' ? L.off : L.on}</td></tr>`,
    )}</tbody></table></div>`
      : html`<p class="empty none-yet" role="status">${rows ? L.noLists : words.loading}</p>`
  }
    ${rows && !page.ended ? html`<p class="more"><button type="button" id="do-more" data-key="m" aria-keyshortcuts="m" @click=${more}>${words.past.more} <kbd aria-hidden="true">M</kbd></button></p>` : nothing}</section>
    <p><a class="button" id="do-new" href="config.html?kind=list&new=1" data-key="a" aria-keyshortcuts="a">${L.newList} <kbd aria-hidden="true">A</kbd></a></p>${commandCard('warmline list list')}`;
}

open('leads', draw, follow);
