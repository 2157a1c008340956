// @ts-check
// After each message of the overview: the chosen agent's details are read again if the agent has changed, and news are said.
import { change, local, overview } from '../state.js';
import { decided } from '../commands.js';
import { api, request } from '../requests.js';
import { groupName } from '../words/group_name.js';
import { words } from '../words.js';
import { watchListening } from './listen.js';
import { chosen, mark, nameOf, sums } from './lists.js';

const EVERY = 10_000; // milliseconds after which the details are read again without a change

let reading = false,
  seen = '',
  at = -Infinity,
  late = null,
  helps = null;

/** Take note of a message. */
export function overviewChanged() {
  decided();
  readChosen();
  watchListening();
  const { waiting } = sums(),
    asking = (overview.agents ?? []).filter(one => one.help_since);
  if (local.view !== 'agent')
    document.title = [
      ...asking.map(one => words.overview.helpSaid(nameOf(one))),
      ...(waiting ? [words.overview.titleWaiting(waiting)] : []),
      words.product,
    ].join(' · ');
  sayLate();
  sayHelp(asking);
}

/** Read the screen of the chosen agent, unless it is new enough. It has the allowed commands, and who hears whom. */
export async function readChosen() {
  const agent = chosen();
  if (!agent) {
    seen = '';
    if (local.detail) change({ detail: null });
    return;
  }
  const now = JSON.stringify(agent);
  if (reading || (now === seen && performance.now() - at < EVERY)) return;
  reading = true;
  seen = now;
  at = performance.now();
  const answer = await request('GET', api(`agents/${encodeURIComponent(agent.user)}/screen`));
  reading = false;
  if (local.row === agent.user && answer.ok) change({ detail: { ...answer.body, user: agent.user } });
  if (JSON.stringify(chosen() ?? '') !== now) readChosen();
}

/** Tell a screen reader of each caller who begins to wait too long. */
function sayLate() {
  const now = new Map((overview.waiting ?? []).filter(one => mark(one) === 'late').map(one => [one.call, one]));
  const fresh = late && local.view === 'overview' ? [...now.keys()].filter(one => !late.has(one)) : [];
  if (fresh.length)
    document.getElementById('said').textContent = fresh
      .map(one => words.overview.lateSaid(now.get(one).customer, groupName(now.get(one))))
      .join('; ');
  late = new Set(now.keys());
}

/** Tell a screen reader at once of each agent who begins to ask for help. */
function sayHelp(asking) {
  const fresh = local.view === 'overview' ? asking.filter(one => !helps?.has(one.user)) : [];
  if (fresh.length)
    document.getElementById('called').textContent = fresh.map(one => words.overview.helpSaid(nameOf(one))).join('; ');
  else if (helps?.size && !asking.length) document.getElementById('called').textContent = '';
  helps = new Set(asking.map(one => one.user));
}
