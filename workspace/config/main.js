// @ts-check
// The page of the configuration: its kinds, the entries of one, and the form of the entry that the address names.
import { html, nothing } from '../vendor/lit-html.js';
import { commandCard, forgetCopied, quoted } from '../pages/command.js';
import { clearButton, textField } from '../pages/fields.js';
import { addressWith, asked, goTo, here, open, read } from '../pages/frame.js';
import { isBound, mayChange } from '../pages/undo.js';
import { reason } from '../requests.js';
import { change } from '../state.js';
import { words } from '../words.js';
import { diallingCard, forgetDialler, loadDialler } from './dialling.js';
import { beginWith, entryForm, forgetDraft, isTyped, newName, openEntry } from './entry.js';
import { forgetHistory, loadHistory, revisions } from './history.js';
import { coded } from './inputs.js';
import { forgetPlan, planCard } from './plan.js';
import { forgetMails, loadMails, sendingCard } from './sent_reports.js';
import { asText, command, setApart, shows } from './texts.js';

const C = words.config,
  ROWS = 200,
  NAMES = 1000,
  FIRST = 'ingroup',
  HISTORY = 'history',
  CAMPAIGN = 'campaign',
  SCHEDULED = 'scheduled-report',
  LIST = 'list';
const LABELS = [
  'group_name',
  'campaign_name',
  'full_name',
  'did_description',
  'holiday_name',
  'list_name',
  'script_name',
  'status_name',
  'pause_code_name',
  'preset_name',
  'group_alias_name',
  'cid_group_name',
];
const ORDER = Object.keys(C.kinds); // of the menu; a kind that this page does not know comes last
const page = {
  kinds: [],
  kind: null,
  rows: null,
  ended: false,
  entry: null,
  why: '',
  of: '',
  turn: 0,
  find: '',
  names: {},
};

const none = { name: '', new: '', given: '', who: '', text: '' };
const SEARCHED = ['who', 'text']; // in the history
const rank = kind => (ORDER.indexOf(kind) + ORDER.length + 1) % (ORDER.length + 1);

/** Return what the address asks for, as one text. */
const placeOf = kind => JSON.stringify([kind, ...['name', 'new', ...SEARCHED].map(one => asked()[one] ?? '')]);

/** Read what the address asks for. A later question makes the answer of an earlier one void. */
async function follow() {
  const turn = (page.turn += 1),
    { kind: wanted = FIRST, name, new: isNew } = asked(),
    of = placeOf(wanted),
    isSame = page.of === of;
  forgetCopied();
  if (!isSame) {
    Object.assign(page, { of, rows: null, entry: null, why: '', find: '' });
    forgetPlan();
    forgetHistory();
    forgetMails();
    forgetDialler();
    openEntry();
  }
  document.title = `${C.title} · ${words.product}`;
  change();
  if (!page.kinds.length)
    await take(turn, 'config/kinds', kinds => {
      page.kinds = kinds.sort((a, b) => rank(a.kind) - rank(b.kind));
    });
  if (wanted === HISTORY) {
    page.kind = null;
    change();
    return loadHistory('', '', false, searched());
  }
  if (page.kind?.kind !== wanted) {
    page.kind = null;
    await take(turn, `config/kinds/${encodeURIComponent(wanted)}`, kind => {
      page.kind = kind;
    });
  }
  const kind = page.kind,
    shown = kind?.only ?? name;
  if (turn !== page.turn || !kind) return;
  if (shown)
    await take(turn, `config/${wanted}/${encodeURIComponent(shown)}`, entry => {
      page.entry = entry;
    });
  else if (!isNew)
    await take(turn, `config/${wanted}?limit=${ROWS}`, rows =>
      Object.assign(page, { rows, ended: rows.length < ROWS }),
    );
  if (isNew && !isSame && asked().given) {
    beginWith(kind, asked().given);
    change();
  }
  if (isNew && !isSame) requestAnimationFrame(() => document.getElementById('new-name')?.focus());
  if (wanted === CAMPAIGN && shown) await loadDialler(shown);
  if (wanted === SCHEDULED && shown) await loadMails(shown);
  if (shown || isNew) await namesFor(kind);
}

async function take(turn, path, then) {
  const answer = await read(path);
  if (turn !== page.turn) return;
  if (answer.ok) {
    page.why = '';
    then(answer.body);
  } else page.why = answer.unknown ? words.menu.unread : reason(answer);
  change();
}

/** Read the names that the options of a kind can have: one kind after the other, because the server answers few questions of a person at once. */
async function namesFor(kind) {
  for (const one of new Set(
    kind.options.flatMap(option => (option.type.kinds?.length === 1 ? option.type.kinds : [])),
  )) {
    if (page.names[one]) continue;
    const answer = await read(`config/${one}?limit=${NAMES}`);
    if (answer.ok)
      page.names[one] = answer.body.map(each => [
        each.name,
        asText(each.options[LABELS.find(label => label in each.options)]),
      ]);
    change();
  }
}

const more = () =>
  take(page.turn, `config/${page.kind.kind}?limit=${ROWS}&after=${encodeURIComponent(page.rows.at(-1).name)}`, rows =>
    Object.assign(page, { rows: [...page.rows, ...rows], ended: rows.length < ROWS }),
  );

/** Go on after a change: the entry is read again, a new one is opened, and after a deletion the list is. */
function changed(action) {
  const { kind } = page,
    { name } = asked(),
    made = newName();
  if (!['undo', 'read'].includes(action)) forgetDraft(kind, name ?? '');
  delete page.names[kind.kind];
  forgetHistory();
  forgetDialler(); // what it lacked may be there now
  if (action === 'create') history.replaceState(null, '', addressWith({ name: made, new: '', given: '' }));
  if (['delete', 'gone'].includes(action)) history.replaceState(null, '', addressWith({ name: '' }));
  page.of = placeOf(kind.kind);
  Object.assign(page, { entry: null, rows: null });
  follow();
}

/** Draw the page. */
function draw() {
  const { kind: wanted = FIRST } = asked();
  return html`<main class="config kinds-beside"><nav class="kinds" aria-label=${C.title}><ul>${page.kinds.map(one => link(one.kind, C.kinds[one.kind] ?? one.kind, wanted))}${page.kinds.length && !isBound() ? link(HISTORY, C.history, wanted) : nothing}</ul></nav>
    <div class="content">${page.why ? html`<p class="bad" role="alert">${page.why}</p>` : nothing}${wanted === HISTORY ? everyChange() : page.kind ? (asked().name || asked().new || page.kind.only ? entryPage(page.kind) : list(page.kind)) : nothing}</div></main>`;
}

const link = (kind, text, current) =>
  html`<li><a href=${addressWith({ ...none, kind })} aria-current=${kind === current ? 'page' : nothing} @click=${event => here(event, { ...none, kind }, follow)}>${text}</a></li>`;

/** Return the filters of the history in the address. */
const searched = () => Object.fromEntries(SEARCHED.map(one => [one, asked()[one] ?? '']));

const historyCommand = () =>
  [
    'warmline config history',
    ...Object.entries(searched())
      .filter(([, value]) => value)
      .map(([name, value]) => `--${name} ${quoted(value)}`),
  ].join(' ');

const everyChange = () =>
  html`<div class="head"><h2>${C.history}</h2><p class="soft">${C.historyText}</p></div><div class="filters" role="search" aria-label=${words.filters.title}>${SEARCHED.map(one => textField(one, asked(), follow, C.searchHints[one]))}${clearButton(SEARCHED, asked(), follow)}</div>${revisions('', '', () => loadHistory('', '', false, searched()), searched())}${commandCard(historyCommand())}`;

/** Draw the entries of a kind. */
function list(kind) {
  const { rows, ended } = page,
    wanted = page.find.toLowerCase(),
    label = kind.options.find(one => LABELS.includes(one.name))?.name;
  const found = rows?.filter(one => `${one.name} ${asText(one.options[label])}`.toLowerCase().includes(wanted)) ?? [];
  return html`<div class="head"><h2>${C.kinds[kind.kind] ?? kind.kind}</h2><p class="soft">${coded(kind.meaning)}</p></div>
    <div class="filters"><div><label for="find">${C.findName} <kbd aria-hidden="true">F</kbd></label><input id="find" type="search" data-key="f" aria-keyshortcuts="f" autocomplete="off" spellcheck="false" .value=${page.find} @input=${event => {
      page.find = event.target.value.trim();
      change();
    }}></div>
      ${mayChange([kind.kind]) ? html`<button type="button" class="main" id="do-new" data-key="a" aria-keyshortcuts="a" @click=${() => goTo({ new: '1' }, follow)}>${C.add} <kbd aria-hidden="true">A</kbd></button>` : nothing}</div>
    <section class="card table-card" aria-label=${C.kinds[kind.kind] ?? kind.kind}>${
      found.length
        ? html`<div class="scroll" tabindex="0" role="group" aria-label=${C.entries}><table class="list"><caption class="unseen">${C.entries}</caption>
      <thead><tr><th scope="col">${C.key}</th>${label ? html`<th scope="col">${C.name}</th>` : nothing}<th scope="col">${C.setApart}</th></tr></thead><tbody>${found.map(
        each =>
          html`<tr><th scope="row"><a href=${addressWith({ name: each.name })} @click=${event => here(event, { name: each.name }, follow)}>${each.name}</a></th>
        ${label ? html`<td>${asText(each.options[label])}</td>` : nothing}<td class="apart">${setApart(
          kind,
          each.options,
        )
          .filter(text => !text.startsWith(`${label}=`))
          .join('  ')}</td></tr>`,
      )}</tbody></table></div>`
        : rows
          ? html`<p class="empty none-yet">${rows.length ? C.noneFits : C.none}</p>`
          : html`<p class="empty none-yet" role="status">${words.loading}</p>`
    }
      ${rows?.length && !ended ? html`<p class="more"><button type="button" id="do-more" data-key="m" aria-keyshortcuts="m" @click=${more}>${words.past.more} <kbd aria-hidden="true">M</kbd></button></p>` : nothing}</section>${planCard(changed)}${commandCard(shows(kind, ''))}`;
}

/** Draw one entry, or the form of a new one. */
function entryPage(kind) {
  const { name, new: isNew } = asked(),
    shown = kind.only ?? name ?? '',
    { entry } = page,
    title = isNew ? C.newOf(C.kinds[kind.kind] ?? kind.kind) : kind.only ? (C.kinds[kind.kind] ?? kind.kind) : shown;
  return html`<div class="head">${kind.only ? nothing : html`<p><a id="back" href=${addressWith(none)} data-key="b" aria-keyshortcuts="b" @click=${event => here(event, none, follow)}>← ${C.kinds[kind.kind] ?? kind.kind} <kbd aria-hidden="true">B</kbd></a></p>`}<h2>${title}</h2><p class="soft">${coded(kind.meaning)}</p>${kind.kind === LIST && entry ? html`<p class="acts"><a class="button" id="go-list" href=${`leads.html?list=${encodeURIComponent(shown)}`}>${C.toLeads}</a></p>` : nothing}</div>
    ${kind.kind === CAMPAIGN && entry ? diallingCard(shown, kind.options) : nothing}${lists()}${entry || isNew ? entryForm(kind, isNew ? '' : shown, isNew ? null : entry, of => page.names[of] ?? null, changed) : nothing}
    ${kind.kind === SCHEDULED && entry ? sendingCard(shown) : nothing}${isNew || !entry || isBound() ? nothing : html`<details class="card history-card" @toggle=${event => event.target.open && loadHistory(kind.kind, shown)}><summary>${C.history}</summary>${revisions(kind.kind, shown, () => changed('undo'))}</details>`}
    ${commandCard(isNew ? command(kind, newName(), 'create', {}) : shows(kind, shown))}`;
}

/** Draw the names that inputs offer, by kind. */
const lists = () =>
  Object.entries(page.names).map(
    ([kind, names]) =>
      html`<datalist id="of-${kind}">${names.map(([id, text]) => html`<option value=${id}>${text}</option>`)}</datalist>`,
  );

addEventListener('beforeunload', event => {
  if (isTyped()) event.preventDefault();
});
open('config', draw, follow);
