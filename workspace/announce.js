// @ts-check
// What a screen reader says, the title, and the beep when a call comes.
import { feedName, link, local, screen, stage } from './state.js';
import { groupName } from './words/group_name.js';
import { since } from './times.js';
import { words } from './words.js';
import { customerName } from './panels/call.js';
import { pageId } from './page_id.js';
import { beep } from './voice/sound.js';

let state = '',
  call = '',
  callState = '',
  third = null,
  dial = '',
  saidOfLink = '';

/** Say what changed: a new call at once, everything else when there is time. Call it after each message of the feed. */
export function announce() {
  const { agent } = screen;
  if (!agent) return;
  const who = screen.call ? customerName() : '',
    id = screen.call?.id ?? '';
  if (feedName() === 'agent') document.title = title(who);
  if (id !== call) say('called', id && sudden(screen.call) ? came(screen.call, who) : '');
  if (id && id !== call) {
    if (!sudden(screen.call)) say('said', came(screen.call, who));
    if (agent.phone?.page !== pageId && screen.call.direction === 'in') beep(); // the headset hears Asterisk's own
  } else if (state && agent.state !== state) {
    say('said', words.stateSaid(words.callStates[screen.call?.state] ?? words.states[agent.state] ?? agent.state, who));
  } else if (id) {
    const said = [
      thirdSaid(screen.call.third),
      screen.call.state === callState ? '' : words.callStates[screen.call.state],
    ];
    if (said.some(Boolean)) say('said', said.filter(Boolean).join(' '));
  }
  callState = screen.call?.state ?? '';
  third = screen.call?.third ?? null;
  dial = screen.call?.receipt?.id ?? '';
  state = agent.state;
  call = id;
}

/** Return what has happened to the third party since the last message, or "". How a dial of this page ends, its line at the bottom says. */
function thirdSaid(now) {
  if (now?.number === third?.number && stepOf(now) === stepOf(third)) return '';
  if (third?.phase === 'up') return words.thirdSaid.gone(third.number, since(third.since));
  if (now && now.phase !== 'up') return words.thirdSaid[stepOf(now)](now.number);
  if (local.busy || local.told.some(line => line.id && line.id === dial)) return '';
  return now ? words.thirdSaid.up(now.number) : words.thirdSaid.notReached(third.number);
}

/** Return what is said of a phase: waiting, rings or up; or "" without a third party. */
const stepOf = party => (!party ? '' : ['waiting', 'up'].includes(party.phase) ? party.phase : 'rings');

const came = (now, who) => (now.direction === 'out' ? words.outgoing(who) : words.called(who, groupName(now)));

/** Return whether the agent did not expect the call: it comes in, or the dialler connects a lead who has answered. */
const sudden = now => now.direction === 'in' || Boolean(now.connected);

function title(who) {
  if (stage() === 'call') return words.titleCall(who);
  return `${words.states[screen.agent.state] ?? screen.agent.state} · ${words.product}`;
}

const say = (where, text) => {
  document.getElementById(where).textContent = text;
};

/** Forget what was said, as after a logout. */
export function quiet() {
  state = call = callState = '';
  third = null;
  document.title = words.product;
  say('said', '');
  say('called', '');
}

/** Say that the link is lost or back. */
export function announceLink() {
  const text = words.link[link()] ?? '';
  if (saidOfLink && saidOfLink !== text) say('said', text);
  saidOfLink = text;
}
