// @ts-check
// What was sent of a scheduled report, below its form, and a button that sends the last period at once.
import { html, nothing } from '../vendor/lit-html.js';
import { copied, quoted } from '../pages/command.js';
import { read } from '../pages/frame.js';
import { mayChange } from '../pages/undo.js';
import { moment } from '../pages/written.js';
import { pageId } from '../page_id.js';
import { api, reason, request } from '../requests.js';
import { change, local } from '../state.js';
import { words } from '../words.js';

const S = words.sending,
  KIND = 'scheduled-report',
  EVERY = 1000;
const now = { of: '', runs: null, hasServer: true, fault: '', busy: false, timer: 0 };

/** Read what was sent of a scheduled report, again and again while one is not sent yet. */
export async function loadRuns(name) {
  if (now.of !== name) Object.assign(now, { of: name, runs: null, fault: '' });
  clearTimeout(now.timer);
  const answer = await read(`scheduled-reports/${encodeURIComponent(name)}`);
  if (now.of !== name) return;
  Object.assign(now, answer.ok ? { runs: answer.body.runs, hasServer: answer.body.mail_server_set } : { runs: null });
  if (now.runs?.some(one => one.state === 'waiting'))
    now.timer = setTimeout(() => now.of === name && loadRuns(name), EVERY);
  change();
}

/** Forget them: another entry is shown. */
export function forgetRuns() {
  clearTimeout(now.timer);
  now.of = '';
}

async function send(name) {
  if (now.busy) return;
  Object.assign(now, { busy: true, fault: '' });
  change();
  const answer = await request(
    'POST',
    api(`scheduled-reports/${encodeURIComponent(name)}/send`),
    {},
    { 'Idempotency-Key': `${pageId}-${Date.now()}` },
  );
  Object.assign(now, { busy: false, fault: answer.ok ? '' : answer.unknown ? words.unknown : reason(answer) });
  await loadRuns(name);
}

const day = at => moment(at, local.user.timezone);
const row = one =>
  html`<tr><td>${day(one.asked)}</td><td>${one.by || S.schedule}</td><td>${day(one.begins)}</td><td>${day(one.ends)}</td><td><b class=${one.why ? 'bad' : ''}>${S.states[one.state]}</b>${one.why ? html` <span class="soft">${one.why}</span>` : nothing}</td></tr>`;

/** Draw the runs; nothing until they are read. */
export function sendingCard(name) {
  const { runs, hasServer, fault, busy } = now;
  if (now.of !== name || !runs) return nothing;
  return html`<section class="card plan-card sending" aria-label=${S.title}><h2>${S.title}</h2>${fault ? html`<p class="bad" role="alert">${fault}</p>` : nothing}
    ${runs.length ? html`<div class="scroll" tabindex="0" role="group" aria-label=${S.title}><table class="list" id="runs"><caption class="unseen">${S.title}</caption><thead><tr>${S.heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${runs.map(row)}</tbody></table></div>` : html`<p class="empty none-yet">${S.none}</p>`}
    ${mayChange([KIND]) ? html`<p class="acts"><button type="button" id="do-send" aria-disabled=${busy ? 'true' : 'false'} @click=${() => send(name)}>${S.send}</button>${copied('send-command', `warmline ${KIND} send ${quoted(name)}`, words.menu.command)}</p>` : nothing}<p class="soft">${S.text}</p>
    <p id="mail-server" class=${hasServer ? 'soft' : 'notice'}>${hasServer ? S.mailServer : S.noMailServer}</p>${hasServer ? nothing : copied('doctor-command', "warmline doctor --only 'scheduled reports'", S.doctor)}</section>`;
}
