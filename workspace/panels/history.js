// @ts-check
// The agent's calls, the newest first; each entry can be dialled again, and the own recordings of the day can be heard.
import { html, nothing } from '../vendor/lit-html.js';
import { change, local, stage } from '../state.js';
import { load } from '../lists.js';
import { clock, date, span, time } from '../times.js';
import { groupName } from '../words/group_name.js';
import { words } from '../words.js';
import { drawn } from './buttons.js';
import { nameOf } from './disposition.js';
import { dialButton, listed, rows } from './rows.js';

const H = words.history;

/** Draw the history. The length of a call plays its recording. */
export function history() {
  const recorded = recordings();
  return html`${player(recorded)}${rows(
    'history',
    [H.direction, H.customer, H.name, H.time, H.length, H.outcome, words.buttons.dial],
    one => [
      H.ways[one.direction] ?? one.direction,
      one.customer_name
        ? html`<b class="person">${one.customer_name}</b> <small>${one.number}</small>${listed(one.do_not_call)}`
        : html`<b>${one.number || H.noNumber}</b>${listed(one.do_not_call)}`,
      groupName(one),
      html`${time(one.at)} <small>${date(one.at)}</small>`,
      length(
        one,
        recorded.filter(each => each.call === one.call),
      ),
      html`<span class="outcome ${one.outcome}">${H.outcomes[one.outcome] ?? one.outcome}</span>${one.status ? html` <small>${nameOf(one.status)}</small>` : nothing}`,
      dialButton(`h-${one.call}`, one.number),
    ],
    { none: H.none, moreText: H.more },
  )}<p><a id="search-calls" href="calls.html?since=7d" target="_blank" rel="noopener">${words.past.search}</a></p>`;
}

const length = (call, recorded) =>
  recorded.length ? recorded.map(one => listenButton(one)) : call.length_ms ? span(call.length_ms) : '';

/** Return the complete recordings of today that the agent may hear. */
function recordings() {
  if ((local.user.rights?.['recordings:read'] ?? 'none') === 'none') return [];
  load('recordings');
  return (local.lists.recordings?.rows ?? []).filter(one => one.status === 'kept');
}

/** Draw the button that plays a recording. During a call the customer would hear it through the microphone. */
function listenButton(one) {
  const allowed = stage() !== 'call',
    label = `▶ ${span(one.length_ms)}`;
  return drawn({
    id: `listen-${one.id}`,
    label,
    spoken: `${label} ${H.listenTo(one.customer, clock(one.asked))}`,
    kind: 'link',
    allowed,
    why: H.notInCall,
    run: () => allowed && play(one.id),
  });
}

function play(id) {
  change({ heard: id });
  queueMicrotask(() => {
    const audio = /** @type {HTMLAudioElement} */ (document.getElementById('player'));
    audio?.focus();
    audio?.play().catch(() => {}); // the player shows that the file cannot be read
  });
}

/** Draw the player. A browser stops the sound when the player goes, as with the call that comes. */
function player(recorded) {
  const one = stage() !== 'call' && recorded.find(each => each.id === local.heard);
  return one
    ? html`<div class="player"><span><b>${one.customer || H.noNumber}</b> ${clock(one.asked)}</span>
    <audio id="player" controls preload="none" aria-label=${H.listenTo(one.customer, clock(one.asked))} src=${`../api/v1/recordings/${encodeURIComponent(one.id)}`}></audio>
    <button type="button" class="quiet small" id="do-close-player" @click=${() => change({ heard: '' })}>${words.you.close}</button></div>`
    : nothing;
}
