// @ts-check
// Log in: first the person, then the work with a phone. The first click also lets the browser play sound.
import { html, nothing } from '../vendor/lit-html.js';
import { change, command, link, local, screen } from '../state.js';
import { give, tell } from '../commands.js';
import { saveEdits } from './lead_edits.js';
import { isBusy } from '../actions.js';
import { loggedOut } from '../kept_over_reload.js';
import { reason, request } from '../requests.js';
import { clock } from '../times.js';
import { words } from '../words.js';
import { WALLBOARD, asksForWall, shownPage, views } from '../views.js';
import { expectVoice } from '../voice/phone.js';
import { unlock } from '../voice/sound.js';
import { account, passwordForm } from './account.js';
import { codeField, mustEnrol } from './second_factor.js';
import { headsetCheck } from './headset.js';
import { warning } from './link_warning.js';

const L = words.login,
  TRIES = 10;
let proved = null; // user and password, while the second factor is asked for

/** Draw the page of somebody who is not at work: log in, or choose the phone and start. */
export const loginPage = () =>
  html`<main class="login">
  <div class="brand"><span class="mark" aria-hidden="true"></span><h1 id="state" tabindex="-1">${words.product}</h1><p>${L.tag}</p></div>
  <section class="card" aria-label=${L.title}>${(PARTS[shownPage()] ?? waiting)()}</section>
  ${screen.agent ? warning() : nothing}</main>`;

/** Draw what there is to say while no screen has come, or if none will come. */
const waiting = () =>
  local.user
    ? html`<div class="stack"><h2>${L.welcome(local.user.full_name || local.user.user)}</h2>
  <p class="soft">${views().length ? words.link[link()] : local.user.program === WALLBOARD ? L.noWall : L.noAgent}</p></div>${own()}${other()}`
    : html`<p class="soft">${words.link.connecting}</p>`;

const person = () =>
  local.login.code && proved
    ? second()
    : html`<form class="stack" @submit=${logIn}>
  ${asksForWall() ? html`<p class="soft">${L.wall}</p>` : nothing}
  <div><label for="user">${L.user}</label><input id="user" name="user" autocomplete="username" autocapitalize="none" required autofocus></div>
  <div><label for="password">${L.password}</label><input id="password" name="password" type="password" autocomplete="current-password" required></div>
  <p class="bad" role="alert" id="why-login">${local.login.why}</p>
  <button class="main" id="do-login" aria-describedby="why-login" aria-disabled=${local.login.busy ? 'true' : 'false'}>${L.go}</button></form>`;

async function logIn(event) {
  event.preventDefault();
  unlock();
  if (local.login.busy) return;
  const { user, password } = event.target.elements;
  change({ login: { ...local.login, why: '', busy: true } });
  const answer = await knock({
    user: user.value.trim(),
    password: password.value,
    program: asksForWall() ? WALLBOARD : '',
  });
  const asksForCode = answer.body?.code === 'code_needed';
  proved = asksForCode ? { user: user.value.trim(), password: password.value } : null;
  password.value = '';
  const why = answer.ok || asksForCode ? '' : answer.unknown ? L.unknown : reason(answer);
  change({ login: { ...local.login, why, busy: false, code: asksForCode }, ...(answer.ok && { user: answer.body }) });
  if (!answer.ok) requestAnimationFrame(() => document.getElementById(asksForCode ? 'code' : 'password')?.focus());
}

/** Draw the second step: the code of a person who has a second factor. */
const second = () =>
  html`<form class="stack" @submit=${sendCode}>
  <h2>${L.welcome(proved.user)}</h2>${codeField(L.code)}
  <p class="bad" role="alert" id="why-login">${local.login.why}</p>
  <button class="main" id="do-code" aria-describedby="why-login" aria-disabled=${local.login.busy ? 'true' : 'false'}>${L.go}</button>
  <button type="button" class="link" id="do-back" @click=${back}>${L.back}</button></form>`;

async function sendCode(event) {
  event.preventDefault();
  if (local.login.busy) return;
  const { code } = event.target.elements;
  change({ login: { ...local.login, why: '', busy: true } });
  const answer = await knock({ ...proved, code: code.value, program: asksForWall() ? WALLBOARD : '' });
  code.value = '';
  if (answer.ok) proved = null;
  const why = answer.ok ? '' : answer.unknown ? L.unknown : reason(answer);
  change({ login: { ...local.login, why, busy: false, code: !answer.ok }, ...(answer.ok && { user: answer.body }) });
  if (!answer.ok) requestAnimationFrame(() => document.getElementById('code')?.focus());
}

function back() {
  proved = null;
  change({ login: { ...local.login, why: '', code: false } });
  requestAnimationFrame(() => document.getElementById('user')?.focus());
}

/** Ask for a session. While too many people log in at once, the server names a time, and the page asks again. */
async function knock(body) {
  for (let tries = 1; ; tries += 1) {
    const answer = await request('POST', 'login', body);
    const wait = answer.status === 503 && Number(answer.headers.get('Retry-After'));
    if (!wait || tries === TRIES) return answer;
    change({ login: { ...local.login, why: L.full } });
    await new Promise(done => {
      setTimeout(done, wait * 1000 * (1 + Math.random()));
    }); // not all at the same moment
  }
}

/** Draw the start of the work: the phone, and a try of the headset. */
function work() {
  const { voice } = local.login,
    sip = screen.agent.phone?.name;
  const { allowed, why } = command('login'),
    refused = voice === 'sip' ? screen.agent.phone?.why : '';
  return html`<form class="stack" @submit=${event => {
    event.preventDefault();
    start();
  }}>
    <h2>${L.welcome(local.user.full_name || screen.agent.full_name || screen.agent.user)}</h2>
    ${screen.logged_out ? html`<p class="notice">${whyOut(screen.logged_out)}</p>` : nothing}
    <fieldset><legend>${L.voice}</legend>${choice('browser', L.browser, voice)}${sip ? choice('sip', sip === 'browser' ? L.sip : `${L.sip} ${sip}`, voice) : nothing}</fieldset>
    ${voice === 'browser' ? headsetCheck() : nothing}
    <p class="bad" role="alert" id="why-start">${local.login.why || (allowed ? refused : why)}</p>
    <button id="do-start" aria-describedby="why-start" aria-disabled=${allowed ? 'false' : 'true'} class=${isBusy(L.start) ? 'main busy' : 'main'}>${L.start}</button></form>${own()}${other()}`;
}

const whyOut = ({ at, code, since }) => L.out[code]?.(clock(at), clock(since)) ?? '';

const choice = (value, text, voice) =>
  html`<label class="choice"><input type="radio" name="voice" id="voice-${value}" value=${value} .checked=${voice === value}
  @change=${() => change({ login: { ...local.login, voice: value } })}> ${text}</label>`;

async function start() {
  unlock();
  expectVoice();
  const answer = await give(L.start, 'login', local.login.voice === 'browser' ? { phone: 'browser' } : {});
  if (answer && !answer.ok) change({ login: { ...local.login, why: answer.unknown ? words.unknown : reason(answer) } });
}

const own = () =>
  html`<button type="button" class="link" id="do-account" aria-expanded=${local.account.shown ? 'true' : 'false'} @click=${() => change({ account: { ...local.account, shown: !local.account.shown } })}>${words.account.title}</button>${local.account.shown ? account() : nothing}`;

const other = () => html`<button type="button" class="link" id="do-other" @click=${leave}>${L.other}</button>`;

/** Draw the change of a password that an administrator has set, before which nothing else is possible. */
const mustChange = () =>
  html`<div class="stack"><h2>${L.welcome(local.user.full_name || local.user.user)}</h2><p class="soft">${L.mustChange}</p>${passwordForm()}</div>${other()}`;

const enrol = () => html`<div class="stack">${mustEnrol()}</div>${other()}`;

const PARTS = { login: person, out: work, change: mustChange, enrol };

/** End the session of this browser. The agent's phone stays as it is: that is another logout. */
export async function leave() {
  await saveEdits();
  const answer = await request('POST', 'logout', {});
  if (answer.unknown || answer.status >= 500) {
    // the cookie still opens the page for whoever comes next
    tell({ label: words.you.user, text: L.stillIn, ok: false });
    change({ login: { ...local.login, why: L.stillIn } });
    return;
  }
  loggedOut();
  change({ user: false });
  location.reload();
}
