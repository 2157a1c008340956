// @ts-check
// Fields that pages share: the period, and names of the configuration. A choice counts at once, a text with Enter or when the field is left.
import { html, nothing } from '../vendor/lit-html.js';
import { local } from '../state.js';
import { words } from '../words.js';
import { goTo, read } from './frame.js';

const F = words.filters,
  OWN = 'own';
const KINDS = {
  ingroup: 'ingroup',
  campaign: 'campaign',
  agent: 'agent',
  group: 'user-group',
  disposition: 'disposition',
}; // of the configuration, by field
const NAME = {
  ingroup: 'group_name',
  campaign: 'campaign_name',
  agent: 'full_name',
  group: 'group_name',
  disposition: 'status_name',
};
const OF_GROUP = ['agent', 'group']; // seen as far as the right reaches
export const MOST_NAMES = 500; // that a field offers
const DAY = /^\d{4}-\d\d-\d\d$/;

/** The names that the fields offer, by field. */
const offered = {};

/** Read the names that these fields offer. Those who lead a group get its agents, and type the groups. */
export async function loadNames(fields) {
  const reach = local.user.rights['agents:read'];
  for (const name of fields) {
    const isPeople = name === 'agent' && reach === 'group';
    if (reach !== 'all' && !isPeople && OF_GROUP.includes(name)) continue;
    // one by one: the server answers few questions of a person at once
    const answer = await read(`${isPeople ? 'people' : `config/${KINDS[name]}`}?limit=${MOST_NAMES}`);
    if (!answer.ok) continue;
    offered[name] = isPeople
      ? answer.body.filter(person => person.agent).map(person => [person.agent, person.full_name])
      : answer.body.map(entry => [entry.name, entry.options?.[NAME[name]] ?? '']);
  }
}

/** Leave the field with the focus, so that what is typed in it counts. */
export const leaveField = () => /** @type {HTMLElement} */ (document.activeElement).blur();

/** Draw the names that a field offers: a list for its input. */
export const namesList = name =>
  html`<datalist id="names-${name}">${(offered[name] ?? []).map(([id, text]) => html`<option value=${id}>${text}</option>`)}</datalist>`;

/** Return the names that a field offers, as pairs of id and name. */
export const namesOf = name => offered[name] ?? [];

/** Draw a field for a text, with the names that it offers. */
export const textField = (name, asked, follow, hint = F.any) =>
  html`<div><label for=${name}>${F[name]}</label><input id=${name} list=${KINDS[name] ? `names-${name}` : nothing} autocomplete="off" autocapitalize="none" spellcheck="false" placeholder=${hint} .value=${asked[name] ?? ''}
  @change=${event => goTo({ [name]: event.target.value.trim() }, follow)}>${KINDS[name] ? namesList(name) : nothing}</div>`;

/** Draw a field for one of some values. */
export const choiceField = (name, values, asked, follow, label = F[name]) =>
  html`<div><label for=${name}>${label}</label><select id=${name} @change=${event => goTo({ [name]: event.target.value }, follow)}>${values.map(
    ([id, text]) => html`<option value=${id} .selected=${(asked[name] ?? '') === id}>${text}</option>`,
  )}</select></div>`;

/** Draw the button that removes these filters, if there is one. */
export const clearButton = (names, asked, follow) =>
  names.some(name => asked[name])
    ? html`<button type="button" class="link" id="do-clear" @click=${() => goTo(Object.fromEntries(names.map(name => [name, ''])), follow)}>${F.clear}</button>`
    : nothing;

/** Draw the period. */
export function periodField(asked, follow) {
  const set = what => goTo(what, follow),
    dates = range(asked);
  const period = asked.between || asked.own ? OWN : asked.since ? asked.since : asked.day || 'today',
    known = Object.hasOwn(F.periods, period);
  return html`<div><label for="period">${F.period}</label><select id="period" data-key="f" aria-keyshortcuts="f" @change=${event => set(chosen(event.target.value))}>${Object.entries(
    F.periods,
  ).map(
    ([id, text]) => html`<option value=${id} .selected=${id === period}>${text}</option>`,
  )}${known ? nothing : html`<option value=${period} .selected=${true}>${period}</option>`}</select></div>
    ${
      period === OWN
        ? html`<div><label for="first-day">${F.firstDay}</label><input id="first-day" type="date" .value=${dates.from} @change=${event => set(between(event.target.value, dates.until))}></div>
      <div><label for="last-day">${F.lastDay}</label><input id="last-day" type="date" .value=${dates.until} @change=${event => set(between(dates.from, event.target.value))}></div>`
        : nothing
    }`;
}

const PERIODS = ['between', 'since', 'day'];

/** Return the part of the address that says which time is asked for: today, if it says nothing. */
export function periodOf(asked) {
  const name = PERIODS.find(one => asked[one]) ?? 'day';
  return { [name]: asked[name] || 'today' };
}

function chosen(id) {
  const none = { day: '', since: '', between: '', own: '' };
  if (id === OWN) return { ...none, own: '1' };
  return /^\d/.test(id) ? { ...none, since: id } : { ...none, day: id };
}

/** Return the first and the last day of the own period. The address has the day after the last one, as the command has. */
function range({ between: given = '' }) {
  const [first, end] = given.split('..');
  return DAY.test(first) && DAY.test(end) ? { from: first, until: moved(end, -1) } : { from: '', until: '' };
}

const moved = (day, days) => new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Return the filters of a period of whole days; with one day alone, only that day. */
function between(from, until) {
  const [first, last] = [from || until, until || from].sort();
  return first ? { between: `${first}..${moved(last, 1)}`, day: '', since: '', own: '' } : {};
}
