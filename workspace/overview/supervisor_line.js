// @ts-check
// The line of a supervisor in this browser: the page offers it for a command, and closes it when the server shows it no more.
// Listening needs no microphone: the line carries silence until somebody may hear the supervisor.
import { overview } from '../state.js';
import { pageId } from '../page_id.js';
import { request } from '../requests.js';
import { addresses } from '../voice/addresses.js';
import { iceServers } from '../voice/ice_servers.js';
import { openMicrophone } from '../voice/microphone.js';
import { audio } from '../voice/sound.js';

let line = null,
  voice = null,
  silence = null,
  sound = null,
  heard = ''; // heard: the agent for whom the line was offered
let shown = false; // whether the server has shown this supervision

/** Return whether this browser can have a line. */
export const canListen = () => Boolean(globalThis.RTCPeerConnection && globalThis.AudioContext);

/** Return what this page does by the server's word: {user, kind}, or null. */
export function supervising() {
  for (const { user, supervisors } of overview.agents ?? []) {
    const own = supervisors.find(one => one.page === pageId);
    if (own) return { user, kind: own.kind };
  }
  return null;
}

/** Return the agent to whose new line this page is to bring its own again: {user, kind}, or null. The line has moved to another server. */
export function moved() {
  for (const { user, moving } of line ? [] : (overview.agents ?? [])) {
    const own = moving?.find(one => one.page === pageId);
    if (own) return { user, kind: own.kind };
  }
  return null;
}

/** Switch between the microphone and silence; return "", or why there is no microphone. */
export async function speak(on) {
  try {
    if (on) voice ??= await openMicrophone();
  } catch (error) {
    return error.message;
  }
  await line?.getSenders()[0]?.replaceTrack(on ? voice : silent());
  if (!on) {
    voice?.stop();
    voice = null;
  }
  return '';
}

/**
 * Offer a line for the supervision of an agent, in place of the one before; return the server's answer.
 * @param {string} user
 * @returns {Promise<import('../requests.js').Answer>}
 */
export async function offer(user) {
  const iceList = await iceServers(),
    old = line,
    track = voice ?? silent();
  const fresh = (line = new RTCPeerConnection({ bundlePolicy: 'max-bundle', iceServers: iceList }));
  heard = user;
  shown = false;
  old?.close();
  fresh.addTrack(track, new MediaStream([track]));
  fresh.ontrack = event => play(event.streams[0] ?? new MediaStream([event.track]));
  await fresh.setLocalDescription(await fresh.createOffer());
  await addresses(fresh);
  const answer = await request('POST', address(`?page=${pageId}&`), fresh.localDescription.sdp, {
    'Content-Type': 'application/sdp',
  });
  if (line !== fresh) return answer;
  if (answer.body?.code === 'offer_repeated') return offer(user); // the browser sent it again, and its first answer was lost
  if (!answer.ok) {
    close();
    return answer;
  }
  fresh.onconnectionstatechange = () => {
    if (line === fresh && fresh.connectionState === 'failed') offer(user);
  };
  await fresh.setRemoteDescription({ type: 'answer', sdp: answer.body });
  return answer;
}

const address = middle => `phone${middle}supervises=${encodeURIComponent(heard)}`;

/** End the supervision. */
export async function stopListening() {
  if (!line) return;
  const answer = request('DELETE', address(`/${pageId}?`));
  close();
  await answer;
}

/** After each message of the overview: return the agent whom this page hears no more, or "". */
export function ended() {
  if (!line) return '';
  const now = supervising()?.user === heard,
    over = shown && !now;
  shown ||= now;
  if (over) close();
  return over ? heard : '';
}

function close() {
  line?.close();
  line = null;
  voice?.stop();
  voice = null;
}

/** Return a track without sound. It sends all the same: Asterisk ends a line that sends nothing. */
function silent() {
  if (silence?.readyState === 'live') return silence;
  const context = audio(),
    to = context.createMediaStreamDestination(),
    source = new ConstantSourceNode(context, { offset: 0 });
  source.connect(to);
  source.start();
  [silence] = to.stream.getAudioTracks();
  return silence;
}

function play(stream) {
  sound ??= new Audio();
  sound.srcObject = stream;
  sound.play().catch(() => {}); // the next command plays it
}

addEventListener('pagehide', () => {
  if (line) fetch(address(`/${pageId}?`), { method: 'DELETE', headers: { 'X-Warmline': '1' }, keepalive: true });
});
