// @ts-check
// The login of the person: the own password, the second factor, and the list of the own sessions.
import { html, nothing } from '../vendor/lit-html.js';
import { repeat } from '../vendor/directives/repeat.js';
import { change, local } from '../state.js';
import { api, reason, request } from '../requests.js';
import { clock } from '../times.js';
import { words } from '../words.js';
import { factorPart, goOn, loadFactor } from './second_factor.js';

const A = words.account;

/** Draw the three buttons, the part that one of them has opened. */
export const account = () =>
  html`<fieldset class="account"><legend>${A.title}</legend><div class="stop-row">${opener('password')}${opener('factor')}${opener('sessions')}</div>
  ${PARTS[local.account.part]?.() ?? nothing}
  <p class="soft" role="status" id="said-account">${local.account.said}</p></fieldset>`;

const opener = part =>
  html`<button type="button" id="do-${part}" aria-expanded=${local.account.part === part ? 'true' : 'false'} @click=${() => open(part)}>${A[part]}</button>`;

const set = what => change({ account: { ...local.account, ...what } });

async function open(part) {
  const closes = local.account.part === part;
  set({ part: closes ? '' : part, why: '', said: '' });
  if (!closes && part === 'sessions') await load();
  if (!closes && part === 'factor') await loadFactor();
}

/** Draw the form of a new password. */
export const passwordForm = () =>
  html`<form class="stack" @submit=${changePassword}>
  ${field('now', 'current-password')}${field('wanted', 'new-password')}${field('again', 'new-password')}
  <p class="soft" id="rules-password">${A.rules}</p><p class="bad" role="alert" id="why-password">${local.account.why}</p>
  <button class="main" id="do-change-password" aria-describedby="why-password" aria-disabled=${local.account.busy ? 'true' : 'false'}>${A.save}</button></form>`;

const field = (name, kind) =>
  html`<div><label for="password-${name}">${A[name]}</label><input id="password-${name}" name=${name} type="password" autocomplete=${kind} required
  aria-describedby=${name === 'wanted' ? 'rules-password' : nothing}></div>`;

async function changePassword(event) {
  event.preventDefault();
  const form = event.target,
    { now, wanted, again } = form.elements;
  if (local.account.busy) return;
  if (wanted.value !== again.value) {
    set({ why: A.differ });
    return;
  }
  set({ why: '', busy: true });
  const answer = await request('POST', api('me/password'), { password: now.value, new_password: wanted.value });
  set({ why: answer.ok ? '' : answer.unknown ? words.login.unknown : reason(answer), busy: false });
  if (!answer.ok) {
    form.querySelector('input')?.focus();
    return;
  }
  form.reset();
  set({ part: '', said: A.changed(answer.body.ended) });
  if (!local.user?.must_change) return;
  await goOn(); // the rights came with the new password
  set({ said: '' });
}

async function load() {
  const answer = await request('GET', api('me/sessions'));
  set(answer.ok ? { sessions: answer.body } : { why: answer.unknown ? words.login.unknown : reason(answer) });
}

function sessions() {
  const found = local.account.sessions,
    others = found?.filter(one => !one.current) ?? [];
  return html`<p class="bad" role="alert">${local.account.why}</p>${
    found
      ? html`<ul class="sessions">${repeat(found, one => one.id, row)}</ul>
    ${others.length ? html`<button type="button" id="do-end-others" @click=${() => end('')}>${A.endOthers}</button>` : html`<p class="soft">${A.alone}</p>`}`
      : nothing
  }`;
}

const PARTS = { password: passwordForm, factor: factorPart, sessions };

const row = one =>
  html`<li id="session-${one.id}"><span><b>${one.program || A.nameless}</b> ${one.address} <small>${A.since(clock(one.begun))}, ${A.seen(clock(one.seen))}</small></span>
  ${one.current ? html`<span class="soft">${A.here}</span>` : html`<button type="button" id="do-end-${one.id}" aria-label=${A.endOf(`${one.program || A.nameless}, ${A.since(clock(one.begun))}`)} @click=${() => end(one.id)}>${A.end}</button>`}</li>`;

async function end(id) {
  const answer = await request('DELETE', api(id ? `me/sessions/${id}` : 'me/sessions'));
  set(
    answer.ok
      ? { said: A.ended(answer.body.ended), why: '' }
      : { why: answer.unknown ? words.login.unknown : reason(answer) },
  );
  await load();
  document.getElementById('do-sessions')?.focus();
}
