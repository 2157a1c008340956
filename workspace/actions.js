// @ts-check
// The buttons of the page: key, label, and the command that each of them gives now.
import { change, command, local, screen } from './state.js';
import { callOf } from './call_of.js';
import { give, tell } from './commands.js';
import { savedBefore } from './panels/lead_edits.js';
import { api } from './requests.js';
import { words } from './words.js';

// A command that shares its address is named by the kind in its body; any other by its address.
const of = (address, kind, more = {}) => ({ command: kind, address, body: { kind }, ...more });
const alone = (address, more = {}) => ({ command: address, address, ...more });
const opens = (dialog, name) => ({ command: name, opens: dialog });

const takesBack = {
  command: 'take',
  get address() {
    return api(`calls/${encodeURIComponent(callOf())}/take`);
  },
  get body() {
    return { agent: screen.agent.user };
  },
};

// Name of the button: its key, and what it may do, the first allowed one first.
const ACTIONS = {
  hangup: ['h', of('hangup', 'HANGUP')],
  hold: [
    'o',
    alone('unhold', { label: 'takeBack' }),
    of('parking', 'GRAB_XFER', { label: 'takeThirdBack' }),
    alone('hold'),
  ],
  mute: [
    'm',
    alone('unmute', { label: 'unmute', when: () => screen.agent?.muted }),
    alone('mute', { when: () => !screen.agent?.muted }),
  ],
  transfer: ['t', opens('transfer', 'BLIND_TRANSFER')],
  conference: ['c', opens('conference', 'DIAL_WITH_CUSTOMER')],
  leave: ['l', of('transfers', 'LEAVE_3WAY_CALL')],
  swap: ['s', of('parking', 'SWAP_PARK_XFER'), of('parking', 'SWAP_PARK_CUSTOMER')],
  hangupThird: ['x', of('transfers', 'HANGUP_XFER')],
  keypad: ['k', opens('keypad', 'dtmf')],
  record: [
    'e',
    of('recording', 'RECORD_STOP', { label: 'recordStop', when: () => screen.call?.recording?.on }),
    of('recording', 'RECORD_START', { when: () => !screen.call?.recording?.on }),
  ],
  recordMute: [
    'w',
    of('recording', 'RECORD_UNMUTE', { label: 'recordUnmute', when: () => screen.call?.recording?.muted }),
    of('recording', 'RECORD_MUTE', { when: () => !screen.call?.recording?.muted }),
  ],
  help: [
    'g',
    alone('end-help', { label: 'endHelp', when: () => screen.agent?.help_since }),
    alone('ask-help', { when: () => !screen.agent?.help_since }),
  ],
  ready: ['r', alone('resume')],
  pause: ['p', opens('pause', 'pause')],
  ring: ['v', alone('ring')],
  skip: ['z', alone('skip')],
  undoCode: ['z', alone('undo-disposition')], // not during a preview
  takeThemBack: ['t', takesBack],
  logout: ['', alone('logout')],
};

/** Return a button as it is now: its key and label, whether it is allowed, why not, and what it does. */
export function action(name) {
  const [key, ...ways] = ACTIONS[name];
  const fit = ways.filter(way => !way.when || way.when());
  const way = fit.find(one => command(one.command).allowed) ?? fit.at(-1);
  const { allowed, why } = command(way.command);
  return { name, key, label: words.buttons[way.label ?? name], allowed, why, way };
}

const LEAVES = new Set(['skip', 'ready', 'undoCode', 'logout']); // buttons that can take the customer from the screen

/** Press a button: give its command, open its panel, or say why not. */
export async function press(name) {
  const { allowed, why, label, way } = action(name);
  if (!allowed) return tell({ label, text: why || words.notAllowed, ok: false });
  if (way.opens) return change({ dialog: local.dialog === way.opens ? '' : way.opens, place: null });
  if (LEAVES.has(name) && !(await savedBefore(label))) return null;
  return give(label, way.address, way.body);
}

/** Return whether the button's command is under way. */
export const isBusy = label => local.busy?.label === label;
