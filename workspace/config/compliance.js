// @ts-check
// The claims of the law about the calls of a campaign to its leads: how many calls were checked, and the first that breaks one.
import { html, nothing } from '../vendor/lit-html.js';
import { copied, line } from '../pages/command.js';
import { moment } from '../pages/written.js';
import { api, reason, request } from '../requests.js';
import { change, local } from '../state.js';
import { words } from '../words.js';
import { readable } from './texts.js';

const W = words.compliance,
  PATIENCE = 130_000; // milliseconds; the server itself ends such an answer after 120 s
const PERIODS = Object.entries(words.filters.periods).filter(([id]) => id !== 'own');
const FRESH = { period: 'today', busy: false, found: null, why: '' };
const now = { of: '', ...FRESH };

const periodOf = id => ({ [/^\d/.test(id) ? 'since' : 'day']: id });

async function check(name) {
  if (now.busy) return;
  const { period } = now,
    isShown = () => now.of === name && now.period === period;
  Object.assign(now, { busy: true, found: null, why: '' });
  change();
  const answer = await request(
    'GET',
    api(`audit/compliance?${new URLSearchParams({ campaign: name, ...periodOf(period) })}`),
    undefined,
    {},
    PATIENCE,
  );
  if (isShown())
    Object.assign(
      now,
      { busy: false },
      answer.ok ? { found: answer.body } : { why: answer.unknown ? words.menu.unread : reason(answer) },
    );
  change();
}

/** Draw the choice of a period, and what the check of its calls has found. */
export function complianceCard(name) {
  if (now.of !== name) Object.assign(now, FRESH, { of: name });
  const { period, busy, found, why } = now,
    [[option, value]] = Object.entries(periodOf(period));
  return html`<h2>${W.title}</h2><p class="soft">${W.text}</p><div class="filters"><div><label for="law-period">${words.filters.period}</label><select id="law-period" @change=${event => {
    Object.assign(now, FRESH, { period: event.target.value });
    change();
  }}>${PERIODS.map(([id, text]) => html`<option value=${id} .selected=${id === period}>${text}</option>`)}</select></div>
    <button type="button" id="do-law" aria-disabled=${busy ? 'true' : 'false'} @click=${() => check(name)}>${W.check}</button>${copied('law-command', line(['warmline audit compliance'], { '--campaign': name, [`--${option}`]: value }), words.menu.command)}</div>
    <p role="status" class="said" id="law-said">${busy ? W.checking : found ? W.broken(found.broken, found.claims.length) : ''}</p>${why ? html`<p class="bad" role="alert">${why}</p>` : nothing}${found ? table(found.claims) : nothing}`;
}

const table = claims =>
  html`<div class="scroll" tabindex="0" role="group" aria-label=${W.title}><table class="list" id="law"><caption class="unseen">${W.title}</caption><thead><tr>${W.heads.map((head, n) => html`<th scope="col" class=${n && n < 4 ? 'number' : ''}>${head}</th>`)}</tr></thead><tbody>${claims.map(row)}</tbody></table></div>`;

const row = one =>
  html`<tr><th scope="row">${readable(one.claim)}</th><td class="number">${one.checked}</td><td class="number">${one.broken ? html`<b class="bad">${one.broken}</b>` : 0}</td><td class="number">${one.undecided}</td>
  <td>${one.first_at ? (one.first ? html`<a href=${`calls.html?call=${encodeURIComponent(one.first)}`}>${moment(one.first_at, local.user.timezone)}</a>` : moment(one.first_at, local.user.timezone)) : ''}</td><td class="words">${one.why}</td></tr>`;
