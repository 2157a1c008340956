// @ts-check
// How a supervisor hears an agent: in this browser, or by a SIP phone that Warmline calls. The way is chosen here, and nowhere else.
import { change, local } from '../state.js';
import { give, tell } from '../commands.js';
import { pageId } from '../page_id.js';
import { api, reason } from '../requests.js';
import { words } from '../words.js';
import { canListen, ended, moved, offer, speak, supervising } from './supervisor_line.js';
import { nameOf } from './lists.js';

const SETTING = 'warmline-supervisor-phone';

let following = false; // whether the line is being brought to an agent's new one

/** Return the SIP phone that this browser remembers; "" for the browser itself. */
export function ownPhone() {
  try {
    return localStorage.getItem(SETTING) ?? '';
  } catch {
    return local.phoneName ?? '';
  }
}

/** Remember the phone. */
export function keepPhone(name) {
  change({ phoneName: name });
  try {
    if (name) localStorage.setItem(SETTING, name);
    else localStorage.removeItem(SETTING);
  } catch {
    /* only until the page is closed */
  }
}

/** Listen, whisper or barge in: `kind` is the last part of the command's address. A browser without voice asks for a phone first. */
export async function supervise(kind, agent) {
  const phone = ownPhone();
  if (!phone && !canListen()) {
    change({ dialog: 'phone', supervise: { kind, user: agent.user } });
    return null;
  }
  const label = words.overview.to(words.overview[kind], nameOf(agent)),
    address = api(`agents/${encodeURIComponent(agent.user)}/${kind}`);
  return phone ? give(label, address, { phone }, words.overview.rings(phone)) : here(kind, agent, label, address);
}

/** Supervise in this browser. The microphone is opened before somebody may hear it, and closed when nobody may. */
async function here(kind, agent, label, address) {
  const why = kind === 'listen' ? '' : await speak(true);
  if (why) return tell({ label, text: words.headset.why[why], ok: false });
  const answer = await give(label, address, { phone: 'browser', page: pageId }, words.overview.connects);
  const heard = answer?.ok ? kind !== 'listen' : !['LISTEN', undefined].includes(supervising()?.kind);
  if (!heard) await speak(false);
  const offered = answer?.ok && answer.body.outcome === null ? await offer(agent.user) : answer;
  if (offered && offered !== answer && !offered.ok)
    tell({ label, text: offered.unknown ? words.unknown : reason(offered), ok: false });
  return answer;
}

/** After each message of the overview: say that a supervision in this browser is over. */
export function watchListening() {
  if (ended()) tell({ label: words.overview.listen, text: words.overview.heardNoMore, ok: true });
  const to = following ? null : moved();
  if (to) follow(to);
}

/** Bring this browser's line to the agent's new one. The microphone is opened if somebody may hear it. */
async function follow({ user, kind }) {
  following = true;
  if (kind !== 'LISTEN') await speak(true);
  const answer = await offer(user).catch(() => ({ ok: false, unknown: true, status: 0, body: {} }));
  following = false;
  tell({
    label: words.overview.listen,
    text: answer.ok ? words.overview.follows : answer.unknown ? words.unknown : reason(answer),
    ok: answer.ok,
  });
}
