// @ts-check
// The figures at the top: who waits now, and the sums of today.
import { html, nothing } from '../vendor/lit-html.js';
import { overview } from '../state.js';
import { since } from '../times.js';
import { groupName } from '../words/group_name.js';
import { words } from '../words.js';
import { marked } from './agents.js';
import { mark, sums } from './lists.js';

const O = words.overview;

/** Draw the figures. */
export function figures() {
  const now = sums(),
    totals = overview.today?.totals,
    taken = Object.values(totals?.fallback ?? {}).reduce((sum, one) => sum + one, 0);
  return html`<dl class="figures-line" aria-label=${O.summary}>
    ${figure('waiting', O.waiting, now.waiting, now.longest ? '' : O.nobody, now.waiting ? 'busy' : '')}
    ${figure('longest', O.longest, now.longest ? html`<time>${since(now.longest.longest_since)}</time>` : O.none, now.longest ? html`${marked(now.longest)} ${groupName(now.longest)}` : '', now.longest ? mark(now.longest) : '', now.longest && groupName(now.longest))}
    ${figure('level', O.level, O.percent(totals?.level), totals ? O.inTime(totals.in_time, totals.offered - totals.waiting) : '')}
    ${figure('answered', O.answered, totals?.answered ?? O.none, totals ? O.ofOffered(totals.offered) : '')}
    ${figure('abandoned', O.abandoned, totals?.abandoned ?? O.none, `${O.percent(overview.today?.lost_share)}${taken ? `, ${O.fallback(taken)}` : ''}`)}
    ${figure('ready', O.ready, now.ready, O.ofAgents(now.agents))}
    ${figure('calls', O.inCall, now.inCall, '')}</dl>`;
}

const figure = (name, label, value, below, kind = '', title = '') =>
  html`<div class="figure ${kind}" id="figure-${name}"><dt>${label}</dt><dd><b>${value}</b><small title=${title || (typeof below === 'string' && below) || nothing}>${below}</small></dd></div>`;
