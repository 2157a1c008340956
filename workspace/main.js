// The agent workspace: the server's screen is drawn, and nothing is computed but elapsed time.
import { render } from './vendor/lit-html.js';
import { announce, announceLink, quiet } from './announce.js';
import { keepFocus, followPanel } from './focus.js';
import { decided } from './commands.js';
import { follow as followFeed, stop } from './feed.js';
import { keep, takeKept } from './kept.js';
import { listen } from './keys.js';
import { watch as watchLists } from './lists.js';
import { follow as followNotes, resume as resumeNotes } from './panels/notes.js';
import { api, request } from './requests.js';
import { change, drawWith, local, screen, shownState, stage } from './state.js';
import { view } from './view.js';
import { watch as watchPhone } from './voice/phone.js';

const root = document.getElementById('page');
let dialog = '', following = false, at = '';

function draw() {
  const restore = keepFocus();
  document.body.dataset.state = shownState().toLowerCase().replace(/\W/g, '-');
  document.body.dataset.stage = stage();
  document.body.dataset.seq = local.seq ?? 0; // which message is drawn
  render(view(), root);
  followPanel(local.dialog, dialog);
  dialog = local.dialog;
  restore();
  keep();
  if (Boolean(local.user) !== following) followOrStop();
  if (stage() === 'login') quiet(); else announceLink();
}

/** After each message of the feed: what the page keeps beside the screen follows. */
function changed() {
  const now = stage();
  if (now !== at || screen.call?.id !== changed.call) entered(now);
  at = now;
  changed.call = screen.call?.id;
  decided();
  if (takeKept()) resumeNotes();
  followNotes();
  watchLists();
  watchPhone();
  announce();
}

/** A call that comes, and one that is over, show what belongs to them. */
function entered(now) {
  change({ callTab: now === 'dispo' ? 'dispo' : 'customer', dialog: local.dialog === 'you' && now === 'idle' ? 'you' : '', to: '' });
  if (now !== 'dispo') change({ dispo: { page: 0, code: '', at: '', mine: false, why: '' } });
}

function followOrStop() {
  following = Boolean(local.user);
  if (following) { if (local.user.agent) followFeed(changed); } else stop();
}

/** Ask whose session the cookie is; without one, the page asks for a name and a password. */
async function begin() {
  const answer = await request('GET', api('me'));
  change({ user: answer.ok ? answer.body : false });
}

listen();
drawWith(draw);
setInterval(change, 1000); // the timers
begin();
