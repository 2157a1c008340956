// @ts-check
// What is open and typed survives a reload. The tab's own history entry has it, for one user and one call, until the logout.
import { callOf } from './call_of.js';
import { change, local, stage } from './state.js';
import { pageId } from './page_id.js';

const EACH = 300; // milliseconds between two writes: browsers limit them
const ALWAYS = ['tab', 'number', 'search', 'chosen', 'unstored']; // of no call
const OF_CALL = ['editsOf', 'edits', 'former', 'notes', 'dispo', 'form', 'formOf'];
const OF_STAGE = ['dialog', 'callTab', 'to', 'place'];

const OUT = 'warmline-out'; // when somebody logged out of this browser: what the history has from before is over

let before = read(),
  written = '',
  timer = 0,
  taken = false,
  since = 0;

/** Return the id that the page had before it was loaded again, or "". */
export const formerPage = () => before?.page ?? '';

/** Take what the page had before it was loaded again, after the first message of the feed. Return whether this was it. */
export function takeKept() {
  if (taken) return false;
  taken = true;
  since = Date.now();
  const { user, call, stage: at, own = {} } = before ?? {};
  if (user !== local.user?.user) return true;
  const same = call === callOf();
  const names = [...ALWAYS, ...(same ? OF_CALL : []), ...(same && at === stage() ? OF_STAGE : [])];
  change(Object.fromEntries(names.filter(name => name in own).map(name => [name, own[name]])));
  return true;
}

/** Keep what the page has now, soon. Somebody who has logged out leaves nothing. */
export function keep() {
  if (local.user === false) return forgetKept();
  if (!taken) return;
  const names = [...ALWAYS, ...OF_CALL, ...OF_STAGE];
  const now = JSON.stringify({
    page: pageId,
    at: since,
    user: local.user.user,
    call: callOf(),
    stage: stage(),
    own: Object.fromEntries(names.map(name => [name, local[name]])),
  });
  if (now === written) return;
  written = now;
  timer ||= setTimeout(write, EACH);
}

/** Leave nothing in the tab. */
function forgetKept() {
  clearTimeout(timer);
  timer = 0;
  written = '';
  before = null;
  taken = false;
  if (history.state !== null) history.replaceState(null, '');
}

/** Note a logout: entries of the history that no page can reach now have text too, which is dropped once they are shown. */
export function loggedOut() {
  forgetKept();
  try {
    localStorage.setItem(OUT, String(Date.now()));
  } catch {
    /* then only the own entry is empty */
  }
}

function lastOut() {
  try {
    return Number(localStorage.getItem(OUT));
  } catch {
    return 0;
  }
}

function read() {
  let kept = null;
  try {
    kept = JSON.parse(history.state);
  } catch {
    /* not of this page */
  }
  if (!kept || (kept.at ?? 0) >= lastOut()) return kept;
  history.replaceState(null, '');
  return null;
}

function write() {
  clearTimeout(timer);
  timer = 0;
  if (written) history.replaceState(written, '');
}

addEventListener('beforeunload', write);
