// @ts-check
// The chosen agent: state, call, who hears whom, and the buttons.
import { html, nothing } from '../vendor/lit-html.js';
import { local } from '../state.js';
import { since, span } from '../times.js';
import { groupName } from '../words/group_name.js';
import { words } from '../words.js';
import { drawn } from '../panels/buttons.js';
import { action } from './actions.js';
import { marked, stateName, stateOf, supervisor } from './agents.js';
import { supervising } from './supervisor_line.js';
import { hearingPicture } from './hearing_picture.js';
import { callOf, chosen as found, nameOf, queuesOf } from './lists.js';

const O = words.overview;

/** Draw the chosen agent. */
export function chosen() {
  const agent = found();
  return html`<aside class="card chosen" data-state=${agent ? stateName(agent.state) : nothing} aria-label=${agent ? nameOf(agent) : O.choose}>
    ${agent ? facts(agent) : html`<div class="nobody"><h2>${local.row ? `${local.row} ${O.gone}` : O.choose}</h2><p class="soft">${O.chooseHint}</p></div>`}
    <div class="controls"><div class="buttons">${['listen', 'whisper', 'barge'].map(button)}</div><div class="buttons">${['pause', 'resume', 'take'].map(button)}</div>
      <div class="wide">${button('logout', 'stop')}</div></div></aside>`;
}

const button = (name, kind) => drawn({ ...action(name), kind: typeof kind === 'string' ? kind : '' });

function facts(agent) {
  const call = callOf(agent),
    detail = local.detail?.user === agent.user ? local.detail : null;
  return html`<div class="facts" tabindex="0" role="group" aria-label=${nameOf(agent)}><h2>${nameOf(agent)}${agent.full_name ? html` <small>${agent.user}</small>` : nothing}</h2>
    <p>${stateOf(agent)} <time class="timer">${since(agent.since)}</time> ${marked(agent)}</p>
    ${
      agent.customer
        ? html`<p class="who"><b>${agent.customer}</b>${agent.third ? html` <span>+ ${agent.third}</span>` : nothing}
      <span>${call ? `${O.callStates[call.state] ?? words.callStates[call.state] ?? call.state}${call.ingroup ? `, ${words.via(groupName(call))}` : ''}` : nothing}</span></p>`
        : nothing
    }
    ${agent.supervisors.length ? html`<p>${agent.supervisors.map(supervisor)} ${supervising()?.user === agent.user ? button('stop', 'small') : nothing}</p>` : nothing}
    ${detail?.hears?.length ? html`${hearingPicture(detail.hears)}${hearing(detail.hears)}` : nothing}
    <dl class="data"><div><dt>${O.campaign}</dt><dd>${agent.campaign_name || agent.campaign}</dd></div><div><dt>${O.ingroupsOf}</dt><dd>${queuesOf(agent).join(', ')}</dd></div>
      ${detail?.agent?.phone?.name ? html`<div><dt>${O.phone}</dt><dd>${detail.agent.phone.name} ${detail.agent.phone.up ? words.headset.phoneUp : words.headset.phoneDown}</dd></div>` : nothing}
      ${detail?.today ? html`<div><dt>${O.today}</dt><dd>${O.calls(detail.today.calls)}, ${span(detail.today.talk_seconds * 1000)} ${O.talked}, ${span(detail.today.pause_seconds * 1000)} ${O.paused}</dd></div>` : nothing}</dl></div>`;
}

/** Draw who hears whom, as the agent's own page does, with the agent as a third person. */
const hearing = rows =>
  html`<table class="hearing"><caption class="unseen">${words.whoHears}</caption><tbody>${rows.map(
    one =>
      html`<tr class=${one.party}><th scope="row">${party(one.party)}</th>
  <td class=${one.hears.length ? '' : 'silent'}>${words.hears(
    false,
    one.hears.map(other => O.inside[other] ?? other),
    one.music,
    one.dialplan,
  )}</td></tr>`,
  )}</tbody></table>`;

const party = name => (name === 'agent' ? O.agent : (words.parties[name] ?? name));
