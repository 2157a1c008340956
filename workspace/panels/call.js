// @ts-check
// The panel at the left: the call with its buttons and who hears whom, or what there is between calls.
import { html, nothing } from '../vendor/lit-html.js';
import { callSince, heldSince, leadName, local, screen, stage } from '../state.js';
import { since, span, until } from '../times.js';
import { groupName } from '../words/group_name.js';
import { words } from '../words.js';
import { button } from './buttons.js';
import { nameOf } from './disposition.js';
import { give } from '../commands.js';
import { hearing } from './hearing.js';
import { idle } from './idle.js';
import { keypad } from './keypad.js';
import { listed } from './rows.js';
import { transferPanel } from './transfer.js';
import { undo } from './undo.js';
import { waitsIn } from './why_ended.js';

/** Draw the panel. */
export function callPanel() {
  return html`<section class="call" aria-label=${words.landmarks.call} tabindex="-1">${undo()}${stage() === 'call' ? live() : stage() === 'dispo' ? over() : idle()}</section>`;
}

/** Return the customer's name, or the number. */
export const customerName = () => knownName() || screen.call?.customer || words.unnamed;

/** Return the name by the lead, or the one that came with the call, or "". */
const knownName = () => leadName() || screen.call?.customer_name || '';

/** Return what a call does, for the one who looks; "" without a call. */
export function callStateName(call) {
  if (!call) return '';
  const { third, state } = call,
    calledIn = third?.has_call && words.calledInStates[state]?.(third.name);
  return calledIn || (words.callStates[state] ?? state);
}

function live() {
  const { call, agent } = screen;
  if (!call) return html`<h2>${words.states[agent.state] ?? agent.state}</h2>`;
  const panel =
    local.dialog === 'transfer' || local.dialog === 'conference'
      ? transferPanel()
      : local.dialog === 'keypad'
        ? keypad()
        : nothing;
  return html`<div class="call-head"><h2>${callStateName(call)}${heldSince() ? html` <time>${since(heldSince())}</time>` : nothing}</h2><time class="timer">${since(callSince())}</time></div>
    <p class="who"><b title=${customerName()}>${customerName()}</b><span>${knownName() ? html`${call.customer} ·` : nothing}
      <i>${words.direction[call.direction] ?? ''}${call.ingroup ? ` ${words.via(groupName(call))}` : ''}</i></span></p>
    ${notice(call, agent)}
    ${hearing()}
    <p class="recording">${recording(call.recording)}</p>
    ${agent.help_since ? html`<p class="after">${words.helpAsked} <time class="timer">${since(agent.help_since)}</time></p>` : nothing}
    ${after(agent)}
    <div class="controls">${
      panel === nothing
        ? html`<div class="wide">${button('leave', { kind: 'main' })}</div><div class="buttons">
      ${button('hold')}${button('mute', { kind: agent.muted ? 'on' : '' })}${button('transfer')}
      ${button('conference')}${button('swap')}${button('hangupThird')}
      ${button('keypad')}${button('record')}${button('recordMute')}</div>`
        : panel
    }
      <div class="wide apart with-help">${button('help', { kind: agent.help_since ? 'on' : '' })}${button('hangup', { kind: 'stop' })}</div></div>`;
}

function notice(call, agent) {
  if (call.state === 'ringing_agent') return html`<p class="notice">${words.beep}</p>`;
  if (call.state === 'customer_gone') return html`<p class="notice">${words.gone}</p>`;
  if (call.state === 'rescue')
    return html`<p class="notice bad">${words.lost} ${call.ends_at ? words.secondsLeft(until(call.ends_at)) : ''}</p>${
      agent.phone?.kind === 'browser' ? nothing : button('ring', { kind: 'main' })
    }`;
  if (call.third && !call.third.has_call && call.third.phase !== 'up' && call.state === 'dialing') {
    return html`<p class="notice">${words.thirdRings(call.third.name || call.third.number, call.third.phase)} <time class="timer">${since(call.third.since)}</time></p>`;
  }
  if (local.gone?.call === call.id) return html`<p class="notice">${local.gone.text}</p>`;
  const [last] = local.told;
  if (last?.whole && !last.ok && last.call === call.id) {
    return html`<p class="notice bad">${last.text} <button id="dial-again" type="button" @click=${() => give(last.again.label, last.again.path, last.again.body)}>${words.dialAgain}</button></p>`;
  }
  if (call.amd === 'MACHINE') return html`<p class="notice">${words.machine}</p>`;
  return nothing;
}

/** Draw why the call ended, and how long the agent was in it. */
const why = end => (end ? html`<p class="notice">${end.text}. <time>${span(end.seconds * 1000)}</time></p>` : nothing);

/** Draw where the customer waits now, if the call goes on without the agent, who can take them back before the code. */
function still() {
  const { waits_since: from, status } = screen.last ?? {};
  return from
    ? html`<p class="notice bad">${words.stillWaits(waitsIn())} <time class="timer">${since(from)}</time></p>
      ${status ? nothing : html`<div class="stop-row">${button('takeThemBack', { kind: 'main' })}</div>`}`
    : nothing;
}

function recording(told) {
  if (!told?.on) return html`<span class="dot"></span> ${words.notRecorded}${by(told)}`;
  return html`<span class="dot ${told.muted ? 'half' : 'full'}"></span> ${told.muted ? words.recordedMuted : words.recorded}${by(told)}`;
}

/** Draw whose rule it is, by the option that the server names; an agent needs neither its name nor its value. */
function by(told) {
  const whose = words.recordedBy[/^\w+/.exec(told?.why ?? '')?.[0]];
  return whose ? html` <small>${whose}</small>` : nothing;
}

const after = agent =>
  agent.logout_asked
    ? html`<p class="after">${words.after.logout}</p>`
    : agent.pause_asked
      ? html`<p class="after">${words.after.pause}</p>`
      : nothing;

/** Draw the call that was, while its code is chosen. */
function over() {
  const last = screen.last ?? {};
  return html`<div class="call-head"><h2>${words.last}</h2></div>
    <p class="who"><b title=${leadName() || last.number}>${leadName() || last.number}</b><span>${leadName() ? last.number : nothing}${leadName() && groupName(last) ? ' ·' : nothing} <i>${groupName(last) || ''}</i>${listed(screen.lead?.do_not_call)}</span></p>
    ${why(screen.ended)}${still()}
    <p>${last.status ? words.dispo.chosen(nameOf(last.status)) : words.noCode}</p>
    ${after(screen.agent)}
    ${screen.agent.until ? html`<p class="wrap-left"><b>${until(screen.agent.until)}</b></p>` : nothing}
    ${last.status ? html`<div class="stop-row">${button('ready', { kind: 'main' })}</div>` : nothing}`;
}
