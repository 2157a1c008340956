// What is open and typed survives a reload. The tab's own history entry has it, for one user and one call, until the logout.
import { callOf } from './call_of.js';
import { change, local, stage } from './state.js';
import { pageId } from './page_id.js';

const EACH = 300; // milliseconds between two writes: browsers limit them
const ALWAYS = ['tab', 'number', 'search', 'chosen', 'unstored']; // of no call
const OF_CALL = ['editsOf', 'edits', 'former', 'notes', 'dispo'];
const OF_STAGE = ['dialog', 'callTab', 'to', 'place'];

let before = read(), written = '', timer = 0, taken = false;

/** Return the id that the page had before it was loaded again, or "". */
export const formerPage = () => before?.page ?? '';

/** Take what the page had before it was loaded again, after the first message of the feed. Return whether this was it. */
export function takeKept() {
  if (taken) return false;
  taken = true;
  const { user, call, stage: at, own = {} } = before ?? {};
  if (user !== local.user?.user) return true;
  const same = call === callOf();
  const names = [...ALWAYS, ...same ? OF_CALL : [], ...same && at === stage() ? OF_STAGE : []];
  change(Object.fromEntries(names.filter(name => name in own).map(name => [name, own[name]])));
  return true;
}

/** Keep what the page has now, soon. Somebody who has logged out leaves nothing. */
export function keep() {
  if (local.user === false) return forgetKept();
  if (!taken) return;
  const names = [...ALWAYS, ...OF_CALL, ...OF_STAGE];
  const now = JSON.stringify({ page: pageId, user: local.user.user, call: callOf(), stage: stage(), own: Object.fromEntries(names.map(name => [name, local[name]])) });
  if (now === written) return;
  written = now;
  timer ||= setTimeout(write, EACH);
}

/** Leave nothing in the tab. */
export function forgetKept() {
  clearTimeout(timer);
  timer = 0;
  written = '';
  before = null;
  taken = false;
  if (history.state !== null) history.replaceState(null, '');
}

function read() { try { return JSON.parse(history.state); } catch { return null; } }

function write() {
  clearTimeout(timer);
  timer = 0;
  if (written) history.replaceState(written, '');
}

addEventListener('beforeunload', write);
