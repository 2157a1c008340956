// @ts-check
// The page around the workspace, such as that of a CRM: it learns of calls, and has a number dialled by a click.
import { callOf } from '../call_of.js';
import { reason } from '../requests.js';
import { leadName, local, screen, shownState } from '../state.js';
import { clean, dial } from '../panels/idle.js';
import { words } from '../words.js';

const NUMBER = /^[0-9+*#A-Da-d]{1,32}$/;

/** Return whether another page shows this one in a frame. The server's policy says which may. */
const isFramed = parent !== window;

let origin = '',
  told = '';

/** Listen to the page around. It says hello first, and gets an answer at its own origin alone. */
export function listenAround() {
  if (isFramed) addEventListener('message', take);
}

function take({ source, origin: from, data }) {
  if (source !== parent || typeof data?.warmline !== 'string') return;
  if (from !== origin) {
    origin = from;
    told = '';
  }
  if (data.warmline === 'dial') dialFor(String(data.number ?? ''));
  tellAround();
}

/** Dial a number that the page around has. An emergency number is refused, because no person has typed it. */
async function dialFor(given) {
  const number = clean(given);
  if (!NUMBER.test(number)) {
    say({ warmline: 'dialled', number: given, ok: false, why: words.notANumber });
    return;
  }
  const answer = await dial({ number, by_program: true });
  const ok = answer?.ok ?? false;
  say({ warmline: 'dialled', number, ok, why: ok ? '' : answer?.body ? reason(answer) : (local.told[0]?.text ?? '') });
}

/** Tell the page around the agent's state and call, if they have changed. */
export function tellAround() {
  if (!origin) return;
  const state = { warmline: 'state', agent: local.user?.agent ?? '', state: shownState(), call: callNow() },
    now = JSON.stringify(state);
  if (now === told) return;
  told = now;
  say(state);
}

function callNow() {
  const { call, lead } = screen;
  if (!call) return null;
  return {
    id: callOf(),
    number: call.customer,
    name: leadName() || call.customer_name || '',
    direction: call.direction,
    ingroup: call.ingroup,
    state: call.state,
    lead: lead?.lead_id ?? null,
    data: call.data ?? {},
  };
}

const say = message => {
  if (origin) parent.postMessage(message, origin);
};
