// @ts-check
// What was sent of a scheduled report, below its form.
import { html, nothing } from '../vendor/lit-html.js';
import { read } from '../pages/frame.js';
import { moment } from '../pages/written.js';
import { change, local } from '../state.js';
import { words } from '../words.js';

const S = words.sending;
const now = { of: '', mails: null };

/** Read what was sent of a scheduled report. */
export async function loadMails(name) {
  Object.assign(now, { of: name, mails: null });
  const answer = await read(`scheduled-reports/${encodeURIComponent(name)}`);
  if (now.of !== name) return;
  now.mails = answer.ok ? answer.body.mails : null;
  change();
}

/** Forget it: another entry is shown. */
export function forgetMails() {
  now.of = '';
}

const row = mail =>
  html`<li>${mail.first === mail.last ? mail.first : `${mail.first} – ${mail.last}`}: <b class=${mail.why ? 'bad' : ''}>${S.states[mail.state]}</b>, ${moment(mail.at, local.user.timezone)} <span class="soft">${mail.why}</span></li>`;

/** Draw the mails; nothing until they are read. */
export function sendingCard(name) {
  const { mails } = now;
  if (now.of !== name || !mails) return nothing;
  return html`<section class="card plan-card sending" aria-label=${S.title}><h2>${S.title}</h2>
    ${mails.length ? html`<ul id="mails">${mails.map(row)}</ul>` : html`<p class="empty none-yet">${S.none}</p>`}<p class="soft">${S.text}</p></section>`;
}
