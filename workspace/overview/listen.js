// How a supervisor hears an agent: the way is chosen here, and nowhere else. Today it is a SIP phone that Warmline calls.
import { change, local } from '../state.js';
import { give } from '../commands.js';
import { api } from '../requests.js';
import { words } from '../words.js';
import { nameOf } from './lists.js';

const SETTING = 'warmline-supervisor-phone';

/** Return the phone that this browser remembers, or "". */
export function ownPhone() { try { return localStorage.getItem(SETTING) ?? ''; } catch { return local.phoneName ?? ''; } }

/** Remember the phone. */
export function keepPhone(name) {
  change({ phoneName: name });
  try { if (name) localStorage.setItem(SETTING, name); else localStorage.removeItem(SETTING); } catch { /* only until the page is closed */ }
}

/** Listen, whisper or barge in: `kind` is the last part of the command's address. Without a phone, ask for it first. */
export async function supervise(kind, agent) {
  const phone = ownPhone();
  if (!phone) { change({ dialog: 'phone', supervise: { kind, user: agent.user } }); return null; }
  const label = words.overview.to(words.overview[kind], nameOf(agent));
  return give(label, api(`agents/${encodeURIComponent(agent.user)}/${kind}`), { phone }, words.overview.rings(phone));
}
