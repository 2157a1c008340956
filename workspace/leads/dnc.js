// @ts-check
// Numbers that must not be dialled: find, add and remove one, or upload a file of them.
import { html, nothing } from '../vendor/lit-html.js';
import { copied, line, quoted } from '../pages/command.js';
import { namesList } from '../pages/fields.js';
import { asked, goTo, read } from '../pages/frame.js';
import { moment } from '../pages/written.js';
import { api, reason, request } from '../requests.js';
import { change, local } from '../state.js';
import { words } from '../words.js';
import { uploadForm } from './upload_form.js';

const L = words.leadLists,
  ROWS = 100;
const page = {
  rows: null,
  ended: false,
  fault: '',
  of: '',
  said: null,
  busy: false,
  sure: '',
  given: { phone_number: '', campaign: '', why: '' },
};

/** Read the entries that the address asks for. */
export async function loadNumbers(isMore = false) {
  const { number } = asked(),
    of = `dnc?${new URLSearchParams({ ...(number ? { number } : {}), limit: String(ROWS) })}`;
  if (!isMore) Object.assign(page, { of, rows: page.of === of ? page.rows : null });
  const answer = await read(isMore ? `${of}&after=${encodeURIComponent(page.rows.at(-1).id)}` : of);
  if (page.of !== of) return;
  Object.assign(
    page,
    answer.ok
      ? { fault: '', rows: [...(isMore ? page.rows : []), ...answer.body], ended: answer.body.length < ROWS }
      : { fault: answer.unknown ? words.menu.unread : reason(answer), rows: null },
  );
  change();
}

/** Add a number, or remove one; what was done can be undone at once. */
async function write(isAdding, entry) {
  if (page.busy) return;
  Object.assign(page, { busy: true, fault: '', said: null, sure: '' });
  change();
  const { phone_number, campaign, why } = entry;
  const answer = isAdding
    ? await request('POST', api('dnc'), { phone_number, campaign, why })
    : await request('DELETE', api(`dnc?${new URLSearchParams({ number: phone_number, campaign })}`));
  const changed = answer.ok && (!isAdding || answer.body.added),
    stored = isAdding && answer.ok ? answer.body.entry : entry;
  Object.assign(page, {
    busy: false,
    ...(answer.ok
      ? {
          said: {
            text: !changed
              ? L.thereAlready(stored.phone_number)
              : isAdding
                ? L.isOn(stored.phone_number)
                : L.isOff(phone_number),
            entry: stored,
            isAdding,
            canUndo: changed,
          },
        }
      : { fault: answer.unknown ? words.unknown : reason(answer) }),
  });
  if (answer.ok && isAdding) page.given = { ...page.given, phone_number: '' };
  await loadNumbers();
}

const listName = campaign => campaign || L.system;
const adds = ({ phone_number, campaign, why }) =>
  line(['warmline dnc create', phone_number ? quoted(phone_number) : 'NUMBER'], {
    '--campaign': campaign,
    '--why': why,
  });
const removes = ({ phone_number, campaign }) =>
  line(['warmline dnc delete', quoted(phone_number)], { '--campaign': campaign });

/** Draw the page of these numbers. `follow` reads again. */
export const numbersPage = follow =>
  html`<div class="head"><h2>${L.dnc}</h2><p class="soft">${L.dncText}</p></div>
  <form class="filters" aria-label=${words.filters.title} @submit=${event => {
    event.preventDefault();
    goTo({ number: event.target.elements.number.value.replaceAll(/[^0-9+]/g, '') }, follow);
  }}><div><label for="number">${words.filters.number} <kbd aria-hidden="true">F</kbd></label><input id="number" name="number" type="search" inputmode="tel" data-key="f" aria-keyshortcuts="f" autocomplete="off" .value=${asked().number ?? ''}></div><button id="do-find">${L.find}</button></form>
  <form class="card upload" aria-label=${L.addNumber} @submit=${event => {
    event.preventDefault();
    write(true, page.given);
  }}><h2>${L.addNumber}</h2><div class="pair">${input('phone_number', { required: true, inputmode: 'tel' })}${input('campaign', { list: 'campaign', placeholder: L.system })}${input('why', { maxlength: 200 })}</div>
    <p class="acts"><button class="main" id="do-add" aria-disabled=${page.busy ? 'true' : 'false'}>${L.add}</button>${copied('dnc-command', adds(page.given), words.menu.command)}</p></form>
  ${page.fault ? html`<p class="bad" role="alert">${page.fault}</p>` : nothing}<p role="status" class="said">${page.said?.text ?? ''} ${page.said?.canUndo ? html`<button type="button" class="small" id="do-undo" @click=${() => write(!page.said.isAdding, page.said.entry)}>${words.undoing.undo}</button>` : nothing}</p>
  ${list()}${uploadForm('', [], follow)}`;

const input = (name, { required = false, inputmode = '', list: of = '', placeholder = '', maxlength = 40 }) =>
  html`<div><label for="dnc-${name}">${L.inputs[name]}</label><input id="dnc-${name}" ?required=${required} inputmode=${inputmode || nothing} list=${of ? `names-${of}` : nothing} maxlength=${maxlength} placeholder=${placeholder} autocomplete="off" spellcheck="false"
  .value=${page.given[name]} @input=${event => {
    page.given = { ...page.given, [name]: event.target.value };
    change();
  }}>${of ? namesList(of) : nothing}</div>`;

function list() {
  const { rows, ended } = page;
  if (!rows) return nothing;
  return html`<section class="card table-card" aria-label=${L.numbers}><div class="card-head"><h2>${L.numbers} <b class="soft" role="status">${words.people.count(rows.length, !ended)}</b></h2></div>${
    rows.length
      ? html`<div class="scroll" tabindex="0" role="group" aria-label=${L.numbers}><table class="list"><caption class="unseen">${L.numbers}</caption>
    <thead><tr>${['number', 'onList', 'since', 'by', 'why', 'remove'].map(one => html`<th scope="col">${L.heads[one]}</th>`)}</tr></thead><tbody>${rows.map(row)}</tbody></table></div>
    ${ended ? nothing : html`<p class="more"><button type="button" id="do-more" data-key="m" aria-keyshortcuts="m" @click=${() => loadNumbers(true)}>${words.past.more} <kbd aria-hidden="true">M</kbd></button></p>`}`
      : html`<p class="empty">${asked().number ? L.onNoList : L.noNumbers}</p>`
  }</section>`;
}

const row = one =>
  html`<tr><th scope="row">${one.phone_number}</th><td>${listName(one.campaign)}</td><td>${moment(one.at, local.user.timezone)}</td><td>${one.by}</td><td class="words">${one.why}</td><td>${
    page.sure === one.id
      ? html`${copied(`remove-${one.id}`, removes(one), words.menu.command)} <button type="button" class="stop small" id="really-${one.id}" @click=${() => write(false, one)}>${L.reallyRemove}</button>`
      : html`<button type="button" class="small" id="off-${one.id}" aria-label=${L.removeOf(one.phone_number)} @click=${() => {
          page.sure = one.id;
          change();
        }}>${L.remove}</button>`
  }</td></tr>`;
