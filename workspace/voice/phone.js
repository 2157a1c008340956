// @ts-check
// The browser phone: an offer goes to the server, its answer comes back. No SIP here, and no secret.
// The page never hangs up when it is unloaded: a reload makes a new connection, and the server replaces the old one.
// But whoever closes it during a call is asked before, because the customer would hear nobody.
import { change, local, screen } from '../state.js';
import { agentFeed } from '../feed.js';
import { formerPage } from '../kept_over_reload.js';
import { pageId } from '../page_id.js';
import { reason, request } from '../requests.js';
import { addresses } from './addresses.js';
import { iceServers } from './ice_servers.js';
import { giveVoice, takeVoice, waitForVoice } from './lock.js';
import { chosen, present } from './devices.js';
import { openMicrophone } from './microphone.js';
import { measure } from './quality.js';

const WAITS = [500, 1000, 2000, 5000]; // before the next offer, after one that failed
const LATER = 3000; // before a page offers that stood by: the page that has the voice may only be loaded again
const SETTLED = 1000; // after the connection, until a server that wants a phone has lost this one

let line = null,
  track = null,
  sound = null,
  stopMeasuring = () => {},
  failures = 0,
  retry = 0,
  offering = false;
let own = true,
  starting = false; // whether the voice belongs to this page, as to one that was just loaded; whether the work was started here
let connected = true; // whether the server has a link to Asterisk
let replaced = '',
  since = 0,
  check = 0; // the page that had the voice when this one offered; when the line was answered, and when it is checked

const set = what => {
  const before = local.phone.state;
  change({ phone: { ...local.phone, ...what } });
  if (what.state && (what.state === 'up') !== (before === 'up')) agentFeed.hello();
};

/** After each message of the feed: offer the phone when the server wants it, and let it go when another page has it. */
export function watch() {
  const phone = screen.agent?.phone,
    before = connected;
  connected = Boolean(screen.server?.connected && screen.server.asterisk);
  if (phone?.kind !== 'browser') {
    own = starting;
    if (line) close('off');
    return;
  }
  if (phone.up && phone.page) own = [pageId, formerPage()].includes(phone.page);
  if (phone.page === pageId) {
    replaced = '';
    starting = false;
  }
  if (offering) return;
  if (phone.up && phone.page && ![pageId, replaced].includes(phone.page) && line) return close('elsewhere');
  if (['connecting', 'up'].includes(local.phone.state)) {
    if (phone.wanted && !phone.page) checkLine();
  } else if (retry && own && (local.seqs.agent === 1 || (connected && !before))) connect(); // what failed can succeed now
  else if (phone.wanted && !retry) {
    if (own) connect();
    else retry = setTimeout(offerLater, LATER);
  }
}

/** Let the page offer at once when the server wants its phone, as after a login here. */
export function expectVoice() {
  own = starting = true;
}

/** Offer again if the server has lost this line, but not while it may only be behind. */
function checkLine() {
  const rest = SETTLED - (performance.now() - since);
  clearTimeout(check);
  if (rest > 0) check = setTimeout(watch, rest + 1);
  else connect();
}

function offerLater() {
  retry = 0;
  if (screen.agent?.phone?.wanted) connect();
}

/** Connect the headset here; `take` takes the voice from the page that has it. */
export async function connect({ take = false } = {}) {
  if (offering) return;
  offering = true;
  own = true;
  clearTimeout(retry);
  retry = 0;
  try {
    if (!(await takeVoice({ steal: take }))) {
      set({ state: 'elsewhere' });
      waitForVoice(() => watch());
      return;
    }
    await offer();
  } finally {
    offering = false;
  }
}

/** Make an offer, and take the server's answer. */
async function offer() {
  set({ state: 'microphone', why: '' });
  const asked = iceServers();
  try {
    track = track?.readyState === 'live' ? track : await microphone();
  } catch (error) {
    set({ state: error.message });
    giveVoice();
    return;
  }
  set({ state: 'offering' });
  const servers = await asked;
  replaced = screen.agent.phone?.page ?? '';
  const old = line,
    fresh = new RTCPeerConnection({ bundlePolicy: 'max-bundle', iceServers: servers });
  fresh.addTrack(track, new MediaStream([track]));
  fresh.ontrack = event => play(event.streams[0] ?? new MediaStream([event.track]));
  line = fresh;
  stopMeasuring();
  await fresh.setLocalDescription(await fresh.createOffer());
  await addresses(fresh);
  const answer = await request('POST', `phone?page=${pageId}`, fresh.localDescription.sdp, {
    'Content-Type': 'application/sdp',
  });
  if (line !== fresh) {
    fresh.close();
    return;
  }
  if (answer.body?.code === 'offer_repeated') {
    fresh.close();
    line = old;
    return offer();
  } // its first answer was lost
  if (!answer.ok) {
    fresh.close();
    line = old;
    again(answer.unknown ? '' : reason(answer), answer);
    return;
  }
  fresh.onconnectionstatechange = () => {
    if (line === fresh) follow(fresh);
  };
  await fresh.setRemoteDescription({ type: 'answer', sdp: answer.body });
  since = performance.now();
  set({ state: 'connecting' });
  follow(fresh);
  stopMeasuring = measure(fresh, quality => {
    if (line === fresh) set({ quality });
  });
  if (old) setTimeout(() => old.close(), 1000); // the server lets the old one go when the new one is heard
}

function follow(one) {
  if (one.connectionState === 'connected') {
    failures = 0;
    since = performance.now();
    set({ state: 'up', why: '' });
  }
  if (one.connectionState === 'failed') again('');
}

/** Offer again after a while; a changed network gets a new connection at once. */
function again(why, { status = 0, headers = null } = {}) {
  set({ state: status >= 400 && status < 500 ? 'refused' : 'failed', why, quality: null });
  const asked = Number(headers?.get('Retry-After') ?? 0) * 1000;
  clearTimeout(retry);
  retry = setTimeout(
    () => {
      retry = 0;
      if (screen.agent?.phone?.kind === 'browser') connect();
    },
    Math.max(asked, WAITS[Math.min(failures++, WAITS.length - 1)]),
  );
}

async function microphone() {
  const opened = await openMicrophone();
  opened.onended = () => replaceTrack();
  return opened;
}

/** Take over another microphone without a new connection: the headset was unplugged, or another one was chosen. */
async function replaceTrack() {
  if (!line) return;
  try {
    const fresh = await microphone();
    await line
      .getSenders()
      .find(one => one.track || one.dtmf)
      ?.replaceTrack(fresh);
    if (track !== fresh) track?.stop();
    track = fresh;
    set({ why: '' });
  } catch (error) {
    set({ why: error.message === 'missing' ? 'unplugged' : error.message });
  }
}

function play(stream) {
  sound ??= new Audio();
  sound.srcObject = stream;
  playThere();
  sound.play().catch(() => {}); // the next click plays it
}

/** Play the other side through the chosen loudspeaker if it is there, else through the browser's default. */
function playThere() {
  sound?.setSinkId?.(present('audiooutput')).catch(() => {}); // one that was pulled just now: the change comes here again
}

function close(state) {
  stopMeasuring();
  clearTimeout(retry);
  retry = 0;
  line?.close();
  line = null;
  track?.stop();
  track = null;
  giveVoice();
  set({ state, quality: null, why: '' });
}

addEventListener('beforeunload', event => {
  if (line && local.user && screen.call) event.preventDefault();
});

// A chosen microphone that is plugged in again is used again.
document.addEventListener('devices-changed', () => {
  const isOther = present('audioinput') && track?.getSettings().deviceId !== chosen('audioinput');
  if (line && (track?.readyState !== 'live' || isOther)) replaceTrack();
  playThere();
});
document.addEventListener('device-chosen', event => {
  if (/** @type {CustomEvent} */ (event).detail === 'audioinput') replaceTrack();
  else playThere();
});
document.addEventListener('click', () => {
  if (sound?.paused && sound.srcObject) sound.play().catch(() => {});
});
