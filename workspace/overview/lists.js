// @ts-check
// Which agents and callers the overview lists, and in which order. The stamps are the server's.
import { local, now, overview } from '../state.js';
import { groupName } from '../words/group_name.js';

const STATES = ['NO PHONE', 'LOST', 'DEAD', 'PARK', 'QUEUE', 'DISPO', 'PAUSED', 'INCALL', '3-WAY', 'READY']; // as warmline live orders them
const DIRECT = 'AGENTDIRECT'; // calls for one agent; of interest only if there was one

/** Return whether something has lasted too long, long, or neither: late, long or "". */
export const mark = one => (passed(one.late) ? 'late' : passed(one.long) ? 'long' : '');

const passed = stamp => Boolean(stamp) && Date.parse(stamp) <= now();

/** Return the name of a person by the client that acted, such as user:ben: the own full name, otherwise the user. */
export function personName(client) {
  const name = client.split(':').pop();
  return name === local.user.user ? local.user.full_name || name : name;
}

/** Return the name of an agent as it is shown. */
export const nameOf = one => one.full_name || one.user;

/** Return the agents that fit the filter, in any state. */
function found() {
  const { text, ingroup, campaign } = local.find,
    wanted = text.trim().toLowerCase();
  return (overview.agents ?? []).filter(
    one =>
      (!ingroup || one.ingroups.includes(ingroup)) &&
      (!campaign || one.campaign === campaign) &&
      (!wanted || `${one.user} ${one.full_name} ${one.customer ?? ''}`.toLowerCase().includes(wanted)),
  );
}

/** Return the agents to list, the urgent ones first, or by name. */
export function listed() {
  const { state, sort } = local.find,
    rows = found().filter(one => !state || one.state === state);
  const byName = (a, b) => nameOf(a).localeCompare(nameOf(b)) || a.user.localeCompare(b.user);
  return rows.sort(
    sort === 'name'
      ? byName
      : (a, b) =>
          urgency(a) - urgency(b) ||
          STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
          a.since.localeCompare(b.since),
  );
}

/** Return the rank of a caller or an agent among what needs attention; who asks for help comes first. */
export const urgency = one => (one.help_since ? -1 : ({ late: 0, long: 1 }[mark(one)] ?? 2));

/** Return each state that an agent has, with their number, and how many of them are late. */
export function states() {
  const agents = found(),
    known = [...new Set([...STATES, ...agents.map(one => one.state)])];
  return known
    .map(state => ({ state, agents: agents.filter(one => one.state === state) }))
    .filter(one => one.agents.length || one.state === local.find.state)
    .map(({ state, agents: some }) => ({
      state,
      count: some.length,
      late: some.filter(one => mark(one) === 'late').length,
    }));
}

/** Return the names of an agent's in-groups. Every agent has the one of direct calls, and it says nothing. */
export const queuesOf = one =>
  one.ingroups
    .filter(name => name !== DIRECT)
    .map(name => groupName((overview.ingroups ?? []).find(each => each.ingroup === name) ?? { ingroup: name }));

/** Return the in-groups to show, those with the most callers first: there may be more than there is room for. */
export const ingroups = () =>
  (overview.ingroups ?? [])
    .filter(one => one.ingroup !== DIRECT || one.waiting || one.offered)
    .sort((a, b) => b.waiting - a.waiting);

/** Return the campaigns of the agents: name and id. */
export const campaigns = () =>
  [...new Map((overview.agents ?? []).map(one => [one.campaign, one.campaign_name || one.campaign]))].sort((a, b) =>
    a[1].localeCompare(b[1]),
  );

/** Return the waiting callers that fit the filter, the longest wait first. */
export const line = () =>
  (overview.waiting ?? []).filter(one => !local.find.ingroup || one.ingroup === local.find.ingroup);

/** Return a call that can be given to an agent: a waiting one, or one that an agent has; or undefined. */
export const givable = id =>
  (overview.waiting ?? []).find(one => one.call === id) ??
  (overview.calls ?? []).filter(one => one.id === id).map(one => ({ ...one, call: one.id }))[0];

/** Return the calls that no agent has and that do not wait, such as those that an agent has left. */
export const others = () => (overview.calls ?? []).filter(one => !one.agent && one.state !== 'waiting');

/** Return the agent that is chosen, or undefined. */
export const chosen = () => (overview.agents ?? []).find(one => one.user === local.row);

/** Return an agent's call, or undefined. */
export const callOf = one => (overview.calls ?? []).find(call => call.id === one.call);

/** Return the agents who are ready for a caller: those of the in-group first, then the longest time ready. */
export function takers(caller) {
  const serves = one => one.ingroups.includes(caller?.ingroup);
  return (overview.agents ?? [])
    .filter(one => one.state === 'READY')
    .map(one => ({ ...one, serves: serves(one) }))
    .sort((a, b) => Number(b.serves) - Number(a.serves) || a.since.localeCompare(b.since));
}

/** Return the figures of now over all in-groups: waiting, the longest wait, ready and logged-in agents, agents in calls. */
export function sums() {
  const agents = overview.agents ?? [],
    waiting = (overview.ingroups ?? []).reduce((sum, one) => sum + one.waiting, 0);
  const [longest] = (overview.ingroups ?? [])
    .filter(one => one.longest_since)
    .sort((a, b) => a.longest_since.localeCompare(b.longest_since));
  return {
    waiting,
    longest,
    agents: agents.length,
    ready: agents.filter(one => one.state === 'READY').length,
    inCall: agents.filter(one => one.call).length,
  };
}
