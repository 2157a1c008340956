// @ts-check
// The dialler of a campaign above its form: whether it runs, why not, and Start, whose refusal leads to all that is missing.
import { html, nothing } from '../vendor/lit-html.js';
import { copied, quoted } from '../pages/command.js';
import { read } from '../pages/frame.js';
import { stateOf } from '../pages/dialler_state.js';
import { moment } from '../pages/written.js';
import { pageId } from '../page_id.js';
import { api, reason, request } from '../requests.js';
import { change, local } from '../state.js';
import { words } from '../words.js';
import { complianceCard } from './compliance.js';
import { openEntry } from './entry.js';
import { readable } from './texts.js';

const C = words.config,
  D = words.dialling,
  L = words.leadLists,
  EVERY = 2000; // milliseconds between two looks at a dialler that runs
const GIVEN = /\b[a-z_]+(?==)/g; // an option in a command
const now = { of: '', dialler: null, fault: '', busy: false, timer: 0 };

/** Read the dialler of a campaign, again and again while it runs. */
export async function loadDialler(name) {
  if (now.of !== name) Object.assign(now, { of: name, dialler: null, fault: '' });
  clearTimeout(now.timer);
  const answer = await read(`diallers/${encodeURIComponent(name)}`);
  if (now.of !== name) return;
  now.dialler = answer.ok ? answer.body : null;
  clearTimeout(now.timer);
  if (now.dialler?.running) now.timer = setTimeout(() => now.of === name && loadDialler(name), EVERY);
  change();
}

/** Forget it: another entry is shown. */
export function forgetDialler() {
  clearTimeout(now.timer);
  now.of = '';
}

async function give(name, what) {
  if (now.busy) return;
  Object.assign(now, { busy: true, fault: '' });
  change();
  const answer = await request(
    'POST',
    api(`diallers/${encodeURIComponent(name)}/${what}`),
    {},
    { 'Idempotency-Key': `${pageId}-${Date.now()}` },
  );
  Object.assign(now, { busy: false, fault: answer.ok ? '' : answer.unknown ? words.unknown : reason(answer) });
  await loadDialler(name);
  change();
}

/** Show all options again, and lead to one. */
function goTo(event, option) {
  event.preventDefault();
  openEntry();
  change();
  requestAnimationFrame(() => document.getElementById(`option-${option}`)?.focus());
}

/** Draw links to the options that a refusal names. */
function missing(options) {
  const named = [...new Set(now.fault.match(GIVEN) ?? [])].filter(one => options.some(option => option.name === one));
  return named.length
    ? html`<p>${C.setHere} ${named.map((one, n) => html`${n ? ', ' : ''}<a href=${`#option-${one}`} id="go-${one}" @click=${event => goTo(event, one)}>${readable(one)}</a>`)}</p>`
    : nothing;
}

/** Return what comes next: it depends on whether the dialler runs, and on whether something holds its calls back. */
const next = dialler => (dialler.running ? (dialler.why ? D.next.waits : D.next.runs) : D.next.stopped);

const figures = dialler =>
  html`<dl class="facts">${[
    [D.ready, dialler.ready],
    [D.inFlight, dialler.in_flight],
    [D.waiting, dialler.waiting],
    [D.leads, dialler.leads],
  ]
    .filter(([, count]) => count !== null)
    .map(([head, count]) => html`<div><dt>${head}</dt><dd>${count}</dd></div>`)}</dl>`;

/** Draw the dialler; nothing until it is read. `options` are those of a campaign. */
export function diallingCard(name, options) {
  const { dialler, fault } = now;
  if (now.of !== name || !dialler) return nothing;
  const what = dialler.running ? 'stop' : 'start',
    may = ['all', 'group'].includes(local.user.rights['agents:supervise']);
  return html`<section class="card plan-card dialler" aria-label=${D.title}><h2>${D.title}</h2><p role="status"><b>${D.methods[dialler.dial_method] ?? dialler.dial_method}, ${D.states[stateOf(dialler)]}</b>${dialler.why ? html` <span class="soft">${dialler.until ? L.until(dialler.why, moment(dialler.until, local.user.timezone)) : dialler.why}</span>` : nothing}</p>
    ${fault ? html`<p class="bad" role="alert">${fault}</p>${missing(options)}` : nothing}${dialler.running ? figures(dialler) : nothing}${dialler.drop_windows.map(one => html`<p>${D.dropped[one.kind]}: ${D.ofAnswered(one.dropped, one.answered)}, ${D.ofLimit(one.answered ? one.dropped / one.answered : 0, one.limit)}${one.above ? html` <b class="bad">${D.limitReached}</b>` : nothing}</p>`)}
    ${may ? html`<p class="acts"><button type="button" id="do-dialler" class=${dialler.running ? 'stop' : ''} aria-disabled=${now.busy ? 'true' : 'false'} @click=${() => give(name, what)}>${D[what](name)}</button>${copied('dialler-command', `warmline campaign ${what} ${quoted(name)}`, words.menu.command)}</p>` : nothing}<p class="soft" id="dialler-next">${next(dialler)}</p>${complianceCard(name)}</section>`;
}
