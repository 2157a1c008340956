// @ts-check
// The line at the top: the agent's state and its timer, queues, callbacks, the phone, pause and ready.
import { html, nothing } from '../vendor/lit-html.js';
import { callSince, change, heldSince, isLost, local, now, screen, shownQueues, shownState, stage } from '../state.js';
import { since, until } from '../times.js';
import { groupName } from '../words/group_name.js';
import { pauseName } from '../words/pause_name.js';
import { words } from '../words.js';
import { button, drawn } from './buttons.js';
import { phoneLine } from './phone_line.js';
import { viewButtons } from './view_buttons.js';

/** Draw the line at the top. */
export function bar() {
  const { agent } = screen;
  return html`<header class="bar" aria-label=${words.landmarks.status}>
    <h1 id="state" tabindex="-1"><span class="state">${words.states[shownState()] ?? agent.state}${agent.pause_code ? html` <b>${pauseName(agent.pause_code, screen.pause_codes)}</b>` : nothing}${shownState() === 'PARK' && heldSince() ? html` <time>${since(heldSince())}</time>` : nothing}</span>
      ${agent.muted ? html`<span class="state muted">${words.muted}</span>` : nothing}<time class="timer">${since(stage() === 'call' && screen.call ? callSince() : agent.since)}</time>${left(agent)}</h1>
    <p class="who-am-i"><b>${agent.full_name || local.user.full_name || agent.user}</b> <span>${agent.campaign_name || agent.campaign}</span></p>
    <span class="grow"></span>
    ${stage() === 'idle' ? nothing : queues()}
    ${screen.callbacks_due ? html`<button type="button" class="due-link quiet" id="do-due" @click=${showCallbacks}>${words.due(screen.callbacks_due)}</button>` : nothing}
    ${phoneLine()}
    ${
      agent.state === 'PAUSED'
        ? button('ready', { kind: 'main' })
        : stage() !== 'idle' && agent.pause_asked
          ? button('ready', stage() === 'call' ? { label: words.buttons.readyAfter, kind: 'on' } : {})
          : button('pause', { label: stage() === 'idle' ? words.buttons.pause : words.buttons.pauseAfter })
    }
    ${viewButtons()}
    ${drawn({ id: 'you', key: 'q', label: words.buttons.you, kind: 'quiet', opens: String(local.dialog === 'you'), run: () => change({ dialog: local.dialog === 'you' ? '' : 'you' }) })}
  </header>`;
}

/** Draw the end of a pause or of a wrap-up. A pause ends by its code's limit, which only shows it, or by the campaign's. */
function left(agent) {
  const [end] = [agent.allowed_until, agent.until].filter(Boolean).sort();
  if (!end || stage() === 'call' || isLost()) return nothing;
  const over = Date.parse(end) < now();
  if (over && agent.state === 'PAUSED') return html` <small class="bad">${words.overPause(since(end))}</small>`;
  return over
    ? nothing
    : html` <small>${agent.state === 'PAUSED' ? words.allowedUntil(until(end)) : words.secondsLeft(until(end))}</small>`;
}

/** Draw the queues. */
const queues = () =>
  html`<ul class="queues" aria-label=${words.queues}>${shownQueues().map(
    one =>
      html`<li class=${one.waiting ? 'busy-queue' : ''}>
  ${groupName(one)} <b>${one.waiting}</b>${one.waiting ? html` <small>${since(one.longest_since)}</small>` : nothing}</li>`,
  )}</ul>`;

const showCallbacks = () => change({ tab: 'callbacks', callTab: 'callbacks' });
