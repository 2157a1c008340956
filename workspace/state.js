// @ts-check
// What the page knows: the screen as the server sent it, and the little that is the page's own.

/** The sections of the agent's screen. Only the feed writes them. */
export const screen = {};

/** The sections of the overview. Only its feed writes them. */
export const overview = {};

/** The page's own state: what is open, chosen and typed. It is empty again after a logout. */
export const local = {};

const FRESH = {
  view: '', // agent, overview or wall, once somebody is logged in
  seqs: { agent: 0, overview: 0 }, // the number of the last message of each feed
  links: { agent: 'connecting', overview: 'connecting' }, // connecting, up, lost, full (the session has too many feeds), other (the page is older than the server)
  user: null, // who is logged in at this browser; false for nobody, null while that is not known
  tab: 'callbacks', // the list between calls
  callTab: 'customer', // what is shown beside a call
  dialog: '', // the panel that is open: transfer, conference, keypad, pause, you; give, logout, phone, emergency
  busy: null, // the command that is under way
  followed: [], // the receipts of commands that go on
  unsure: null, // a command of which nobody knows whether it arrived
  unstored: [], // commands that were carried out and that the server has not stored
  told: [], // what the last commands did
  gone: null, // the third party that is out of a call: the call, and a sentence
  login: { why: '', voice: 'browser', code: false }, // code: the second factor is asked for
  account: { shown: false, part: '', why: '', said: '', busy: false, sessions: null }, // the own password and sessions; part: which of them is open, shown: whether the login page shows them
  factor: { now: null, made: null, codes: null, why: '', busy: false }, // the second factor; made: the secret while it is enrolled
  heard: '', // the recording that is in the player
  lists: {}, // history, recordings, callbacks, leads, destinations, as they were read
  chosen: null, // the callback that is shown at the side
  search: '', // in leads
  number: '', // to dial
  to: '', // in the transfer panel
  dispo: { typed: '', code: '', at: '', mine: false, why: '' }, // typed: the first digits of a key
  notes: { text: '', kept: '', call: '' },
  form: null, // the web form that is open beside the call: its call, option and address
  formOf: '', // the call whose web form has opened by itself
  editsOf: 0, // the lead for which fields were changed
  edits: {}, // its changed fields, not yet saved
  former: {}, // what they had before
  editsWhy: '', // why the server has not saved them
  phone: { state: 'off', why: '', quality: null },
  pulled: { audioinput: '', audiooutput: '' }, // the name of the microphone or loudspeaker that was in use and is gone
  meter: null, // the microphone's level while it is tried
  find: { text: '', ingroup: '', campaign: '', state: '', sort: 'attention' }, // which agents the overview lists
  row: '', // the agent that is chosen in the overview
  caller: '', // the waiting call that is chosen there
  detail: null, // the screen of the chosen agent, as it was read
  supervise: null, // what to do with the supervisor's phone once it is named
};

let draw = () => {};
let planned = false;
let skew = 0; // milliseconds that the server's clock is ahead

/** Forget everything, as after a logout. */
export function forget() {
  for (const sections of [screen, overview]) for (const name of Object.keys(sections)) delete sections[name];
  Object.assign(local, structuredClone(FRESH));
}

/** Name the function that draws the page. */
export function drawWith(given) {
  draw = given;
}

/** Change the page's own state, and draw it before the next frame. */
export function change(what = {}) {
  Object.assign(local, what);
  if (planned) return;
  planned = true;
  queueMicrotask(() => {
    planned = false;
    draw();
  });
}

/** Set the server's clock from a stamp that has just arrived. */
export function setClock(iso) {
  skew = Date.parse(iso) - Date.now();
}

/** Return the server's time in milliseconds. */
export const now = () => Date.now() + skew;

/** Return the feed that the shown page follows. */
export const feedName = () => (local.view === 'agent' || !local.view ? 'agent' : 'overview');

/** Return the state of the link that feeds the shown page. */
export const link = () => local.links[feedName()];

/** Return whether a command is allowed now, and why not. */
export const command = name => screen.commands?.[name] ?? { allowed: false, code: 'unknown', why: '' };

// The states of a call that have a name of their own for the agent, who is INCALL.
const IN_CALL_AS = { three_way: '3-WAY', parked: 'PARK', consulting: 'PARK', both_parked: 'PARK', rescue: 'LOST' };

/** Return the agent's state as the page names it. An agent who dials has a call in QUEUE, too. */
export function shownState() {
  const state = screen.agent?.state ?? '';
  if (state === 'QUEUE' && screen.call?.state === 'dialing_out') return 'DIALING';
  return state === 'INCALL' ? (IN_CALL_AS[screen.call?.state] ?? state) : state;
}

/** Return since when agent and customer have the call, or since when it rings. Hold, transfer and conference do not restart it. */
export const callSince = () => screen.call?.connected ?? screen.call?.since;

const HELD = new Set(['parked', 'third_parked', 'both_parked']);

/** Return since when a party is on hold, or "". */
export const heldSince = () => (HELD.has(screen.call?.state) ? screen.call.since : '');

/** Return the customer's name by the lead, or "". */
export function leadName() {
  const of = name => screen.lead?.fields?.find(one => one.name === name)?.value ?? '';
  return `${of('first_name')} ${of('last_name')}`.trim();
}

const DIRECT = 'AGENTDIRECT'; // calls for one agent; of interest only if one waits

/** Return the queues to show, those with the most callers first: there may be more than there is room for. */
export const shownQueues = () =>
  (screen.queues ?? []).filter(one => one.ingroup !== DIRECT || one.waiting).sort((a, b) => b.waiting - a.waiting);

const IN_CALL = new Set(['QUEUE', 'INCALL', 'PARK', '3-WAY', 'LOST', 'DEAD']);

/** Return which of the layouts fits: login, out, call, dispo or idle. */
export function stage() {
  if (local.user === false) return 'login';
  if (!local.user?.agent) return 'waiting';
  const state = screen.agent?.state;
  if (!state) return 'waiting';
  if (state === 'LOGGED OUT') return 'out';
  if (state === 'DISPO') return 'dispo';
  return IN_CALL.has(state) || screen.call ? 'call' : 'idle';
}

/** Return whether the agent is paused because the phone did not come back. */
export const isLost = () => screen.agent?.state === 'PAUSED' && screen.agent.pause_code === 'LOST';

/** Return whether the agent looks at a number before it is dialled. */
export const previewing = () => stage() === 'idle' && command('skip').allowed;

forget();
