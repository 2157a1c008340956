// @ts-check
// The line of waiting callers, each of whom can be given to an agent, and the calls that no agent has.
import { html, nothing } from '../vendor/lit-html.js';
import { repeat } from '../vendor/directives/repeat.js';
import { local } from '../state.js';
import { since } from '../times.js';
import { groupName } from '../words/group_name.js';
import { words } from '../words.js';
import { drawn } from '../panels/buttons.js';
import { openGive } from './actions.js';
import { marked } from './agents.js';
import { chooseCaller, tabbed } from './choosing.js';
import { line as callers, mark, others } from './lists.js';

const O = words.overview;

/** Draw the line. */
export function line() {
  const waiting = callers(),
    first = tabbed(
      waiting.map(one => one.call),
      local.caller,
    );
  const alone = !waiting.length && others().length > 0; // a list without a row that takes the focus is scrolled by keys itself
  return html`<section class="card line" aria-label=${O.line}><div class="card-head"><h2>${O.line} <b class="count" ?hidden=${!waiting.length}>${waiting.length}</b></h2>
    ${drawn({ id: 'give', key: 'g', label: O.giveLong, kind: 'small', allowed: waiting.length > 0, why: O.noLine, run: () => openGive() })}</div>
    <div class="scroll" tabindex=${alone ? '0' : nothing} role=${alone ? 'group' : nothing} aria-label=${alone ? O.others : nothing}>${
      waiting.length
        ? html`<table role="grid" aria-label=${O.line} class="list" data-rows="line"><tbody>${repeat(
            waiting,
            one => one.call,
            one => row(one, first),
          )}</tbody></table>`
        : html`<p class="empty">${O.noLine}</p>`
    }${left()}</div></section>`;
}

const row = (one, first) =>
  html`<tr id="caller-${one.call}" class=${mark(one)} tabindex=${one.call === first ? '0' : '-1'} aria-selected=${one.call === local.caller ? 'true' : 'false'}
  @click=${() => chooseCaller(one.call, true)} @focus=${() => chooseCaller(one.call)} @dblclick=${() => openGive(one.call)} @keydown=${event => {
    if (event.key === 'Enter') openGive(one.call);
  }}>
  <th scope="row">${one.customer}</th><td>${groupName(one)}${one.direct ? html` <small>${O.direct(one.direct)}</small>` : nothing}</td>
  <td class="for"><time>${since(one.since)}</time> ${marked(one)}</td></tr>`;

/** Draw the calls that no agent has. */
const left = () =>
  others().length
    ? html`<h3>${O.others}</h3><ul class="others">${others().map(
        one =>
          html`<li><b>${one.customer}</b>${one.third ? html` + ${one.third}` : nothing}
  <span class="soft">${words.callStates[one.state] ?? one.state} <time>${since(one.since)}</time></span></li>`,
      )}</ul>`
    : nothing;
