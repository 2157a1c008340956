// @ts-check
// What a screen reader says, the title, and the beep when a call comes.
import { change, feedName, link, local, screen, stage } from './state.js';
import { groupName } from './words/group_name.js';
import { since } from './times.js';
import { words } from './words.js';
import { callStateName, customerName } from './panels/call.js';
import { partSaid } from './panels/handed_over.js';
import { whyEnded } from './panels/why_ended.js';
import { pageId } from './page_id.js';
import { beep } from './voice/sound.js';

const TOGETHER = 200; // milliseconds within which sentences are one: a reader may lose a text that is replaced at once

let state = '',
  call = '',
  callState = '',
  third = null,
  dial = '',
  formerOf = '', // the call whose former agents were said
  saidOfEnd = '',
  saidOfLink = '',
  waiting = []; // sentences that are not said yet

/** Say what changed: a new call at once, everything else when there is time. Call it after each message of the feed. */
export function announce() {
  const { agent } = screen;
  if (!agent) return;
  const who = screen.call ? customerName() : '',
    id = screen.call?.id ?? '';
  if (feedName() === 'agent') document.title = title(who);
  if (id !== call) say('called', id && sudden(screen.call) ? came(screen.call, who) : '');
  const now = screen.call?.state ?? '',
    changed = now === callState || now === 'dialing' ? '' : callStateName(screen.call); // whom it calls is said
  if (id && id !== call) {
    if (!sudden(screen.call)) say('said', came(screen.call, who));
    if (agent.phone?.page !== pageId && screen.call.direction === 'in') beep(); // the headset hears Asterisk's own
  } else if (state && agent.state !== state) {
    say('said', words.stateSaid(callStateName(screen.call) || words.states[agent.state] || agent.state, who));
  } else if (id) {
    say('said', [thirdSaid(screen.call), changed].filter(Boolean).join(' '));
  }
  sayFormer(id);
  sayEnd();
  callState = now;
  third = screen.call?.third ?? null;
  dial = screen.call?.receipt?.id ?? '';
  state = agent.state;
  call = id;
}

/** Return what has happened to the third party since the last message, or "". How a dial of this page ends, its line at the bottom says. */
function thirdSaid({ id, third: now }) {
  if (now?.has_call || nameOf(now) + stepOf(now) === nameOf(third) + stepOf(third)) return '';
  if (now && local.gone) change({ gone: null });
  if (third?.phase === 'up') {
    const text = words.thirdSaid.gone(nameOf(third), since(third.since));
    change({ gone: { call: id, text } }); // for those who see
    return text;
  }
  if (now && stepOf(now) !== 'up') return words.thirdSaid[stepOf(now)]?.(nameOf(now)) ?? '';
  if (local.busy || local.told.some(line => line.id && line.id === dial)) return '';
  return now ? words.thirdSaid.up(nameOf(now)) : words.thirdSaid.notReached(nameOf(third));
}

const STEPS = { waiting: 'waiting', ringing: 'rings', progress: 'rings', up: 'up' };

/** Return what is said of a phase: waiting, rings or up; "" before that, and without a third party. */
const stepOf = party => STEPS[party?.phase] ?? '';

const nameOf = party => party?.name || party?.number || '';

/** Say once for each call from whom the customer comes, or who calls this agent in, with code and notes. */
function sayFormer(id) {
  const [last] = (screen.handed_over ?? []).slice(-1);
  if (!id || id === formerOf || !last) return;
  formerOf = id;
  if (last.left || screen.call.third?.has_call) say('said', partSaid(last));
}

/** Say why the call ended, once that is known. */
function sayEnd() {
  const ended = stage() === 'dispo' ? screen.ended : null,
    of = ended ? `${screen.last?.call} ${ended.text}` : '';
  if (of && of !== saidOfEnd) say('said', whyEnded());
  saidOfEnd = of;
}

const came = (now, who) => (now.direction === 'out' ? words.outgoing(who) : words.called(who, groupName(now)));

/** Return whether the agent did not expect the call: it comes in, or the dialler connects a lead who has answered. */
const sudden = now => now.direction === 'in' || Boolean(now.connected);

function title(who) {
  if (stage() === 'call') return words.titleCall(who);
  return `${words.states[screen.agent.state] ?? screen.agent.state} · ${words.product}`;
}

/** Say a text. What is said when there is time is collected for a moment, so that no sentence replaces another. */
function say(where, text) {
  if (where === 'called') {
    document.getElementById(where).textContent = text;
    return;
  }
  if (!text) return;
  if (!waiting.length) setTimeout(sayWaiting, TOGETHER);
  waiting.push(text);
}

function sayWaiting() {
  const last = waiting.pop() ?? '';
  document.getElementById('said').textContent = [...waiting.map(sentence), last].join(' ');
  waiting = [];
}

const sentence = text => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Forget what was said, as after a logout. */
export function quiet() {
  state = call = callState = formerOf = saidOfEnd = '';
  third = null;
  document.title = words.product;
  waiting = [];
  document.getElementById('said').textContent = '';
  say('called', '');
}

/** Say that the link is lost or back. */
export function announceLink() {
  const text = words.link[link()] ?? '';
  if (saidOfLink && saidOfLink !== text) say('said', text);
  saidOfLink = text;
}
