// @ts-check
// The panels of the overview: who gets a caller, the code of a pause, the questions before a logout and an emergency stop, the own phone, the person.
import { html, nothing } from '../vendor/lit-html.js';
import { change, local } from '../state.js';
import { groupName } from '../words/group_name.js';
import { words } from '../words.js';
import { since } from '../times.js';
import { account } from '../panels/account.js';
import { keyList } from '../panels/key_list.js';
import { leave } from '../panels/login.js';
import { keysChoice } from '../panels/you.js';
import { command, giveTo } from './actions.js';
import { allowing, question, yes } from './emergency.js';
import { chosen, givable, nameOf, takers } from './lists.js';
import { keepPhone, ownPhone, supervise } from './listen.js';

const O = words.overview;
const close = () => change({ dialog: '', supervise: null });

/** Draw the panel that is open, if any. */
export function panel() {
  if (local.dialog !== 'give') given = '';
  return PANELS[local.dialog]?.() ?? nothing;
}

const framed = (title, body, away = words.buttons.cancel) =>
  html`<section class="drop panel" data-panel role="dialog" aria-label=${title}><div class="panel-head"><h2>${title}</h2>
  <button type="button" class="quiet" id="do-close" @click=${close}>${away} <kbd aria-hidden="true">Esc</kbd></button></div>${body}</section>`;

const choice = (n, text, more, run) =>
  html`<button type="button" id="choice-${n}" ?data-first=${n < 2} data-key=${n < 10 ? n : nothing} @click=${run}><span>${text}${more ? html` <small>${more}</small>` : nothing}</span>${
    n < 10 ? html` <kbd aria-hidden="true">${n}</kbd>` : nothing
  }</button>`;

let given = '',
  places = []; // the caller of the open panel, and the agents in the order of their digits

/** Return the agents by their digits, which stay while the panel is open: one who is not ready any more leaves a gap. */
function placed(caller, ready) {
  if (given !== caller.call) {
    given = caller.call;
    places = [];
  }
  places = [...places, ...ready.map(one => one.user).filter(user => !places.includes(user))];
  return places.map(user => ready.find(one => one.user === user));
}

function givePanel() {
  const caller = givable(local.caller),
    ready = takers(caller);
  if (!caller) return framed(O.give, html`<p tabindex="-1" data-first>${O.noLine}</p>`);
  return framed(
    O.givesTo(caller.customer),
    html`<p class="soft">${groupName(caller)} <time>${since(caller.since)}</time></p>
    ${ready.length ? html`<div class="choices tall">${placed(caller, ready).map((one, n) => (one ? choice(n + 1, nameOf(one), `${one.serves ? '' : '– '}${since(one.since)}`, () => giveTo(caller, one)) : html`<span></span>`))}</div>` : html`<p tabindex="-1" data-first>${O.noReady}</p>`}`,
  );
}

function pausePanel() {
  const agent = chosen(),
    codes = local.detail?.pause_codes ?? [];
  if (!agent) return framed(O.choose, html`<p tabindex="-1" data-first>${O.chooseHint}</p>`);
  const pause = async code => {
    const answer = await command('pause', agent, code ? { pause_code: code } : {});
    if (answer?.ok && local.dialog === 'pause') close();
  };
  return framed(
    O.to(O.pause, nameOf(agent)),
    html`<div class="choices">${codes.map((one, n) =>
      choice(n + 1, one.pause_code_name || one.pause_code, '', () => pause(one.pause_code)),
    )}${choice(0, words.pause.none, '', () => pause(''))}</div>${agent.call ? html`<p class="soft">${O.afterCall}</p>` : nothing}`,
  );
}

function logoutPanel() {
  const agent = chosen();
  if (!agent) return framed(O.choose, html`<p tabindex="-1" data-first>${O.chooseHint}</p>`);
  const go = async () => {
    const answer = await command('logout', agent);
    if (answer?.ok && local.dialog === 'logout') close();
  };
  return framed(O.logoutOf(nameOf(agent)), html`<p class="soft">${O.logoutText}</p>${yes(O.reallyLogout, go)}`);
}

const phoneForm = (label, save) =>
  html`<form class="stack" @submit=${event => {
    event.preventDefault();
    const name = event.target.elements.phone.value.trim();
    save(name);
  }}>
  <div><label for="phone">${O.yourPhone}</label><input id="phone" name="phone" data-first autocomplete="off" autocapitalize="none" placeholder=${O.phoneHint} .value=${ownPhone()}></div>
  <p class="soft">${O.phoneText}</p><button class="main" id="do-phone">${label}</button></form>`;

function phonePanel() {
  const { kind, user } = local.supervise ?? {};
  return framed(
    O.yourPhone,
    phoneForm(O.call, name => {
      if (!name) return;
      keepPhone(name);
      const agent = chosen();
      close();
      if (agent?.user === user) supervise(kind, agent);
    }),
  );
}

const personPanel = () =>
  framed(
    local.user.full_name || local.user.user,
    html`${phoneForm(O.save, name => {
      keepPhone(name);
      close();
    })}${keysChoice()}${account()}
  <div class="stop-row"><button type="button" id="do-leave-browser" @click=${leave}>${words.you.user}</button></div>`,
    words.you.close,
  );

const emergencyPanel = () => framed(words.dialling.stopAllAsk, question());

const allowPanel = () => framed(words.dialling.allowAll, allowing());

const PANELS = {
  give: givePanel,
  pause: pausePanel,
  logout: logoutPanel,
  phone: phonePanel,
  you: personPanel,
  emergency: emergencyPanel,
  allow: allowPanel,
  keylist: () => keyList('overview'),
};
