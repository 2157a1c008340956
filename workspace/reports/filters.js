// Which report, of which time, and of which calls and agents: all of it is in the address.
import { html, nothing } from '../vendor/lit-html.js';
import { addressWith, goTo } from '../pages/frame.js';
import { local } from '../state.js';
import { api, request } from '../requests.js';
import { words } from '../words.js';
import { here } from './table.js';

const R = words.reports, OWN = 'own';
const KINDS = { ingroup: 'ingroup', campaign: 'campaign', agent: 'agent', group: 'user-group' }; // of the configuration, by filter
const NAME = { ingroup: 'group_name', campaign: 'campaign_name', agent: 'full_name', group: 'group_name' };
const DAY = /^\d{4}-\d\d-\d\d$/;

/** The names that the fields offer, by filter. */
const offered = {};

/** Read the names that the fields offer. Agents and groups are offered to those who see all of them; others type theirs. */
export async function loadNames() {
  const isWide = local.user.rights['agents:read'] === 'all';
  await Promise.all(Object.entries(KINDS).filter(([name]) => isWide || !['agent', 'group'].includes(name)).map(async ([name, kind]) => {
    const answer = await request('GET', api(`config/${kind}?limit=500`));
    if (answer.ok) offered[name] = answer.body.map(one => [one.name, one.options?.[NAME[name]] ?? '']);
  }));
}

/** Draw the reports: each is a link that keeps the filters. */
export const kinds = (all, chosen, follow) => html`<nav class="kinds" aria-label=${R.title}><ul>${all.map(one => html`<li><a href=${addressWith({ report: one.report, sort: '', all: '' })} aria-current=${one === chosen ? 'page' : nothing}
  @click=${event => here(event, { report: one.report, sort: '', all: '' }, follow)}>${R.names[one.report] ?? one.report}</a></li>`)}</ul></nav>`;

/** Draw the fields of a report. A choice counts at once, a text with Enter or when the field is left. */
export function filters(kind, asked, follow) {
  const set = what => goTo(what, follow), dates = range(asked);
  const period = asked.between || asked.own ? OWN : asked.since ? asked.since : asked.day || 'today', known = Object.hasOwn(R.periods, period);
  return html`<form class="filters" aria-label=${R.filters} @submit=${event => { event.preventDefault(); document.activeElement.blur(); }}>
    <div><label for="period">${R.period}</label><select id="period" data-key="f" aria-keyshortcuts="f" @change=${event => set(chosenPeriod(event.target.value))}>${Object.entries(R.periods).map(([id, text]) =>
      html`<option value=${id} .selected=${id === period}>${text}</option>`)}${known ? nothing : html`<option value=${period} selected>${period}</option>`}</select></div>
    ${period === OWN ? html`<div><label for="first-day">${R.firstDay}</label><input id="first-day" type="date" .value=${dates.from} @change=${event => set(between(event.target.value, dates.until))}></div>
      <div><label for="last-day">${R.lastDay}</label><input id="last-day" type="date" .value=${dates.until} @change=${event => set(between(dates.from, event.target.value))}></div>` : nothing}
    ${kind.by.length ? html`<div><label for="by">${R.by}</label><select id="by" @change=${event => set({ by: event.target.value })}>${kind.by.map((one, n) =>
      html`<option value=${n ? one : ''} .selected=${(asked.by ?? '') === (n ? one : '')}>${R.keys[one] ?? one}</option>`)}</select></div>` : nothing}
    ${kind.filters.map(name => html`<div><label for=${name}>${R[name]}</label><input id=${name} list="names-${name}" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder=${R.any} .value=${asked[name] ?? ''}
      @change=${event => set({ [name]: event.target.value.trim() })}><datalist id="names-${name}">${(offered[name] ?? []).map(([id, text]) => html`<option value=${id}>${text}</option>`)}</datalist></div>`)}
    ${kind.filters.some(name => asked[name]) ? html`<button type="button" class="link" id="do-clear" @click=${() => set(Object.fromEntries(kind.filters.map(name => [name, ''])))}>${R.clear}</button>` : nothing}</form>`;
}

function chosenPeriod(id) {
  const none = { day: '', since: '', between: '', own: '' };
  if (id === OWN) return { ...none, own: '1' };
  return /^\d/.test(id) ? { ...none, since: id } : { ...none, day: id };
}

/** Return the first and the last day of the own period. The address has the day after the last one, as the command has. */
function range({ between: given = '', from = '' }) {
  const [first, end] = given.split('..');
  return DAY.test(first) && DAY.test(end) ? { from: first, until: moved(end, -1) } : { from, until: '' };
}

const moved = (day, days) => new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Return the filters of a period of whole days; with one day alone, only that day. */
function between(from, until) {
  const [first, last] = [from || until, until || from].toSorted();
  return first ? { between: `${first}..${moved(last, 1)}`, day: '', since: '', own: '' } : {};
}
