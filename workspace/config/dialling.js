// The dialler of a campaign below its form: whether it runs, why not, and Start, whose refusal names all that is missing.
import { html, nothing } from '../vendor/lit-html.js';
import { copied, quoted } from '../pages/command.js';
import { read } from '../pages/frame.js';
import { pageId } from '../page_id.js';
import { api, reason, request } from '../requests.js';
import { change, local } from '../state.js';
import { words } from '../words.js';

const C = words.config, D = words.dialling;
const now = { of: '', dialler: null, fault: '', busy: false };

/** Read the dialler of a campaign. */
export async function loadDialler(name) {
  if (now.of !== name) Object.assign(now, { of: name, dialler: null, fault: '' });
  const answer = await read(`diallers/${encodeURIComponent(name)}`);
  if (now.of !== name) return;
  now.dialler = answer.ok ? answer.body : null;
  change();
}

async function give(name, what) {
  if (now.busy) return;
  Object.assign(now, { busy: true, fault: '' });
  change();
  const answer = await request('POST', api(`diallers/${encodeURIComponent(name)}/${what}`), {}, { 'Idempotency-Key': `${pageId}-${Date.now()}` });
  Object.assign(now, { busy: false, fault: answer.ok ? '' : answer.unknown ? words.unknown : reason(answer) });
  await loadDialler(name);
  change();
}

/** Draw the dialler; nothing until it is read. */
export function diallingCard(name) {
  const { dialler, fault } = now;
  if (now.of !== name || !dialler) return nothing;
  const what = dialler.running ? 'stop' : 'start', may = ['all', 'group'].includes(local.user.rights['agents:supervise']);
  return html`<section class="card plan-card dialler" aria-label=${D.title}><h2>${D.title}</h2><p role="status"><b>${D.methods[dialler.dial_method] ?? dialler.dial_method}, ${dialler.running ? dialler.idle ? D.states.idle : D.states.running : D.states.stopped}</b>${dialler.why ? html` <span class="soft">${dialler.why}</span>` : nothing}</p>
    ${fault ? html`<p class="bad" role="alert">${fault}</p>` : nothing}${dialler.drop_windows.map(one => html`<p>${D.dropped[one.kind]}: ${D.ofAnswered(one.dropped, one.answered)}, ${D.ofLimit(one.answered ? one.dropped / one.answered : 0, one.limit)}${one.above ? html` <b class="bad">${D.limitReached}</b>` : nothing}</p>`)}
    ${may ? html`<p class="acts"><button type="button" id="do-dialler" class=${dialler.running ? 'stop' : ''} aria-disabled=${now.busy ? 'true' : 'false'} @click=${() => give(name, what)}>${D[what](name)}</button>${copied('dialler-command', `warmline campaign ${what} ${quoted(name)}`, words.menu.command)}</p>` : nothing}<p class="soft">${C.dialling}</p></section>`;
}
