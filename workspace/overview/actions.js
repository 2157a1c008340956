// @ts-check
// What a supervisor can do for the chosen agent and for a caller. Whether it is allowed is in the agent's screen, as it was read.
import { change, local } from '../state.js';
import { give, tell } from '../commands.js';
import { api } from '../requests.js';
import { words } from '../words.js';
import { chosen, line, nameOf } from './lists.js';
import { stopListening } from './supervisor_line.js';
import { ask } from './emergency.js';
import { supervise } from './listen.js';

const O = words.overview;

// Name of the command in the agent's screen, which is the last part of its address too: its key, and what it does.
const ACTIONS = {
  listen: ['l', agent => supervise('listen', agent)],
  whisper: ['w', agent => supervise('whisper', agent)],
  barge: ['b', agent => supervise('barge', agent)],
  stop: ['x', stopListening],
  pause: ['p', () => change({ dialog: 'pause' })],
  resume: ['r', agent => command('resume', agent)],
  take: ['m', agent => change({ dialog: 'give', caller: agent.call })],
  logout: ['o', () => ask('logout')],
};

/** Give a command to an agent. */
export const command = (name, agent, body = {}) =>
  give(O.to(O[name], nameOf(agent)), api(`agents/${encodeURIComponent(agent.user)}/${name}`), body);

/** Return a button of the chosen agent: its key and label, whether it is allowed, why not, and what it does. */
export function action(name) {
  const [key, run] = ACTIONS[name],
    agent = chosen(),
    known = local.detail?.user === agent?.user ? local.detail?.commands?.[name] : null;
  const lacks = !agent ? O.choose : name === 'take' && !agent.call ? O.noCall : '',
    allowed = !lacks && (known?.allowed ?? true),
    why = lacks || (known?.why ?? '');
  return {
    id: name,
    key,
    label: O[name],
    allowed,
    why,
    busy: local.busy?.label === O.to(O[name], agent ? nameOf(agent) : ''),
    run: () => {
      if (allowed) return run(agent);
      return tell({ label: O[name], text: why || words.notAllowed, ok: false });
    },
  };
}

/** Open the panel that gives a caller to an agent: the chosen one, otherwise the one who waits longest. */
export function openGive(call = '') {
  const callers = line(),
    wanted = callers.find(one => one.call === (call || local.caller)) ?? callers[0];
  if (!wanted) return tell({ label: O.give, text: O.noLine, ok: false });
  return change({ dialog: 'give', caller: wanted.call });
}

/** Give the chosen caller to an agent. */
export async function giveTo(caller, agent) {
  const answer = await give(O.gives(caller.customer, nameOf(agent)), api(`calls/${caller.call}/take`), {
    agent: agent.user,
  });
  if (answer?.ok && local.dialog === 'give') change({ dialog: '', caller: '' });
}
