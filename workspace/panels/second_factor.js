// @ts-check
// The second factor of the person: enrolled with an authenticator app, its recovery codes, and removed.
import { html } from '../vendor/lit-html.js';
import { change, local } from '../state.js';
import { api, reason, request } from '../requests.js';
import { clock } from '../times.js';
import { words } from '../words.js';

const F = words.factor,
  PATH = 'me/second-factor',
  QUIET = 4; // light squares around a QR code

const set = what => change({ factor: { ...local.factor, ...what } });

/** Ask whether a second factor is enrolled. */
export async function loadFactor() {
  set({ now: null, made: null, codes: null, why: '' });
  const answer = await request('GET', api(PATH));
  set(answer.ok ? { now: answer.body } : { why: why(answer) });
}

const why = answer => (answer.unknown ? words.login.unknown : reason(answer));

/** Draw the step at which the person is. */
export const factorPart = () =>
  html`<div class="stack factor" aria-live="polite">${local.factor.codes ? codes() : local.factor.made ? first() : local.factor.now?.enrolled ? enrolled() : begin()}</div>`;

/** Draw the page of a person who must enrol before anything else. */
export const mustEnrol = () =>
  html`<h2>${words.login.welcome(local.user.full_name || local.user.user)}</h2><p class="soft">${F.must}</p>${factorPart()}`;

const says = () => html`<p class="bad" role="alert" id="why-factor">${local.factor.why}</p>`;

const save = (id, text) =>
  html`<button class="main" id=${id} aria-describedby="why-factor" aria-disabled=${local.factor.busy ? 'true' : 'false'}>${text}</button>`;

const password = () =>
  html`<div><label for="factor-password">${words.account.now}</label><input id="factor-password" name="password" type="password" autocomplete="current-password" required></div>`;

/** Draw the field of a code. Phones offer the code of their authenticator app there. */
export const codeField = (text, id = 'code') =>
  html`<div><label for=${id}>${text}</label><input id=${id} name="code" autocomplete="one-time-code" autocapitalize="characters" autocorrect="off" spellcheck="false" maxlength="40" required></div>`;

const begin = () =>
  html`<form class="stack" @submit=${send(
    form => ['POST', PATH, { password: form.password.value }],
    made => ({ made }),
    'factor-code',
  )}>
  <p class="soft">${F.what}</p>${password()}${says()}${save('do-enrol', F.begin)}</form>`;

const first = () =>
  html`<p>${F.scan}</p>${drawn(local.factor.made.qr)}<p>${F.typed} <code class="secret" id="factor-secret">${local.factor.made.secret}</code></p>
  <form class="stack" @submit=${send(
    form => ['POST', `${PATH}/confirm`, { code: form.code.value }],
    told => ({ made: null, codes: told.recovery_codes }),
    'do-written',
  )}>
  ${codeField(F.first, 'factor-code')}${says()}${save('do-confirm', F.confirm)}</form>`;

const codes = () =>
  html`<p><b>${F.enrolled}</b> ${F.keep}</p><ol class="codes" id="factor-codes">${local.factor.codes.map(one => html`<li><code>${one}</code></li>`)}</ol>
  <button type="button" class="main" id="do-written" @click=${written}>${F.written}</button>`;

const enrolled = () =>
  html`<p>${F.since(clock(local.factor.now.enrolled), local.factor.now.recovery_codes)}</p>
  <form class="stack" @submit=${send(
    form => ['POST', `${PATH}/remove`, { password: form.password.value, code: form.code.value }],
    () => ({ now: { ...local.factor.now, enrolled: null } }),
    'factor-password',
  )}>
  <p class="soft">${F.replace}</p>${password()}${codeField(words.login.code, 'factor-code')}${says()}${save('do-remove-factor', F.remove)}</form>`;

/** Return the handler of a form: `asks` returns the request, `after` what its answer changes, and `next` has the focus then. */
function send(asks, after, next) {
  return async event => {
    event.preventDefault();
    const form = event.target;
    if (local.factor.busy) return;
    set({ why: '', busy: true });
    const [method, path, body] = asks(form.elements),
      answer = await request(method, api(path), body);
    set({ busy: false, why: answer.ok ? '' : why(answer), ...(answer.ok && after(answer.body)) });
    if (answer.ok) form.reset();
    requestAnimationFrame(() => (answer.ok ? document.getElementById(next) : form.querySelector('input'))?.focus());
    if (answer.ok && path.endsWith('/remove')) await goOn(); // a site that requires it lets the person only enrol again
  };
}

async function written() {
  await loadFactor();
  if (local.user?.must_enrol) await goOn();
}

/** Ask again who is logged in: the rights come with the second factor, and go with it. */
export async function goOn() {
  const answer = await request('GET', api('me'));
  if (answer.ok) change({ user: answer.body, view: '' });
  else location.reload();
}

/** Draw a QR code: its rows, in which 1 is a dark square. */
function drawn(rows) {
  const size = rows.length + 2 * QUIET;
  const dark = rows
    .flatMap((row, y) => [...row].map((one, x) => (one === '1' ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')))
    .join('');
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label=${F.qr}><path fill="#fff" d=${`M0 0h${size}v${size}h-${size}z`}></path><path fill="#000" d=${dark}></path></svg>`;
}
