// @ts-check
// The agent workspace: the server's screen is drawn, and nothing is computed but elapsed time.
import { render } from './vendor/lit-html.js';
import { announce, announceLink, quiet } from './announce.js';
import { keepFocus, followPanel } from './focus.js';
import { decided, followReceipts } from './commands.js';
import { agentFeed, overviewFeed } from './feed.js';
import { keep, takeKept } from './kept_over_reload.js';
import { interrupted, listen } from './keys.js';
import { followEdits, resumeEdits } from './panels/lead_edits.js';
import { followKeypad } from './panels/keypad.js';
import { watch as watchLists } from './lists.js';
import { followForms } from './panels/web_forms.js';
import { askedNumber } from './crm/asked_number.js';
import { listenAround, tellAround } from './crm/page_around.js';
import { destination } from './pages/places.js';
import { follow as followNotes, resume as resumeNotes } from './panels/notes.js';
import { followTransfer } from './panels/transfer.js';
import { api, request } from './requests.js';
import { change, drawWith, feedName, local, screen, shownState, stage } from './state.js';
import { loadOverview, view } from './view.js';
import { chooseView, shownPage, views } from './views.js';
import { watch as watchPhone } from './voice/phone.js';

const WRITTEN = ['pause', 'transfer', 'conference']; // panels that take digits, and whose command has not been given yet
const AGAIN = 1000; // milliseconds until the server is asked again who this is
const root = document.getElementById('page');
const following = { agent: false, overview: false };
let dialog = '',
  at = '',
  leaving = false;

function draw() {
  const restore = keepFocus(),
    page = shownPage();
  document.body.dataset.state = page === 'agent' ? shownState().toLowerCase().replace(/\W/g, '-') : '';
  document.body.dataset.stage = page === 'agent' ? stage() : page;
  document.body.dataset.seq = local.seqs[feedName()]; // which message is drawn
  render(view(), root);
  followPanel(local.dialog, dialog);
  dialog = local.dialog;
  restore();
  keep();
  tellAround();
  followFeeds();
  if (stage() === 'login') quiet();
  else announceLink();
}

/** After each message of the agent's feed: what the page keeps beside the screen follows. */
function changed() {
  const now = stage();
  if (now !== at || screen.call?.id !== changed.call) entered(now);
  at = now;
  changed.call = screen.call?.id;
  decided();
  followReceipts();
  if (takeKept()) {
    askedNumber();
    resumeNotes();
    resumeEdits();
  }
  followNotes();
  followEdits();
  followKeypad();
  followTransfer();
  followForms();
  watchLists();
  watchPhone();
  announce();
}

/** A call that comes, and one that is over, show what belongs to them. Who types about the customer goes on with it. */
function entered(now) {
  const typing = document.activeElement?.closest('form.lead');
  if (local.dialog === 'keypad' || (WRITTEN.includes(local.dialog) && !local.busy)) interrupted();
  change({
    callTab: now === 'dispo' && !typing ? 'dispo' : 'customer',
    dialog: feedName() === 'overview' || (local.dialog === 'you' && now === 'idle') ? local.dialog : '',
    to: '',
  });
  if (now !== 'dispo') change({ dispo: { typed: '', code: '', at: '', mine: false, why: '' } });
}

/** Follow what the user sees. The own agent's feed goes on in every view, and so does the voice. */
function followFeeds() {
  if (isLeaving()) return;
  if (local.user && !local.view) {
    chooseView();
    change();
  }
  const wanted = { agent: views().includes('agent'), overview: local.view !== 'agent' && views().includes(local.view) };
  if (wanted.agent !== following.agent) {
    if (wanted.agent) agentFeed.follow(changed);
    else agentFeed.stop();
  }
  if (wanted.overview !== following.overview) {
    if (wanted.overview) followOverview();
    else overviewFeed.stop();
  }
  Object.assign(following, wanted);
}

/** Leave for the page that the address names, once somebody is logged in who needs no other password. */
function isLeaving() {
  const { must_change: mustChange, must_enrol: mustEnrol } = local.user || {};
  const place = local.user && !local.view && !mustChange && !mustEnrol && destination(local.user);
  if (place && !leaving) {
    leaving = true;
    location.replace(place);
  }
  return leaving;
}

async function followOverview() {
  try {
    const overviewChanged = await loadOverview();
    if (following.overview) overviewFeed.follow(overviewChanged);
  } catch {
    loadAgain();
  }
}

/** Load the whole page again when the server answers: a browser does not ask twice for a module that did not come. */
async function loadAgain() {
  if ((await request('GET', api('me'))).ok) location.reload();
  else setTimeout(loadAgain, AGAIN);
}

/** Ask whose session the cookie is; without one, the page asks for a name and a password. */
async function begin() {
  const answer = await request('GET', api('me'));
  if (!answer.ok && answer.status !== 401) {
    setTimeout(begin, AGAIN);
    return;
  }
  change({ user: answer.ok ? answer.body : false });
}

listen();
listenAround();
drawWith(draw);
setInterval(change, 1000); // the timers
begin();
