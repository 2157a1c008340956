// @ts-check
// The button that undoes a revision of the configuration. It first shows what that changes.
import { html, nothing } from '../vendor/lit-html.js';
import { api, reason, request } from '../requests.js';
import { change, local } from '../state.js';
import { words } from '../words.js';
import { changesTable } from './config_changes.js';
import { copied } from './command.js';

const U = words.undoing,
  OF_USERS = ['user', 'api-user', 'api-token', 'event-hook', 'setting']; // kinds that administrators alone change
const now = { id: '', plan: null, why: '', done: 0, busy: false };

/** Return whether the person may change all of these kinds. */
export const mayChange = kinds =>
  kinds.every(kind => local.user.rights[OF_USERS.includes(kind) ? 'users:write' : 'config:write'] === 'all');

/** Return the kinds that a person must be allowed to change to undo these changes: who may make the user of an agent may take it back. */
export const kindsOf = changes => [
  ...new Set(
    changes.map(({ action, kind, after }) =>
      kind === 'user' && action === 'create' && (after.role ?? 'agent') === 'agent' ? 'agent' : kind,
    ),
  ),
];

/** Return whether the person's group allows some campaigns only: then the server refuses all that is about more, such as the history and Undo. */
export const isBound = () => Boolean(local.user.campaigns);

/** Forget what was said of an earlier revision. */
export function forgetUndo() {
  Object.assign(now, { id: '', plan: null, why: '', done: 0, busy: false });
}

/** Draw the button for a revision that has changed these kinds, or what it would do; nothing for a person who may not. `then` is called after it. A revision with two buttons on a page needs a `place` for each. */
export function undoOf(revision, kinds, then = () => {}, place = '') {
  if (!revision || isBound() || !mayChange(kinds)) return nothing;
  const id = `undo-${place}${revision}`,
    isOpen = now.id === id;
  if (!isOpen || !(now.plan || now.why || now.done))
    return html`<button type="button" class="small" id=${id} aria-label=${U.of(revision)} @click=${() => ask(revision, id)}>${U.undo}</button>`;
  if (now.done) return html`<p role="status" class="undone">${U.done(now.done)}</p>`;
  return html`<div class="undoing" role="group" aria-label=${U.of(revision)}>${now.why ? html`<p class="bad" role="alert">${now.why}</p>` : nothing}${
    now.plan
      ? html`<p>${now.plan.changes.length ? U.changes : U.nothing}</p>${changesTable(now.plan.changes)}
    ${now.plan.lost.length ? html`<p class="bad">${U.lost(now.plan.lost.join(', '))}</p>` : nothing}${copied(`command-${id}`, `warmline config undo ${revision}`, words.menu.command)}`
      : nothing
  }
    <p class="acts">${now.plan?.changes.length ? html`<button type="button" class="stop" id="really-${id}" @click=${() => make(revision, then)}>${U.really}</button>` : nothing}<button type="button" id="not-${id}" @click=${() => {
      forgetUndo();
      change();
    }}>${U.leave}</button></p></div>`;
}

async function ask(revision, id) {
  Object.assign(now, { id, plan: null, why: '', done: 0 });
  await send({ revision, dry_run: true }, answer => ({ plan: answer }));
  requestAnimationFrame(() => document.getElementById(`really-${id}`)?.focus());
}

async function make(revision, then) {
  if (now.busy) return;
  now.busy = true;
  await send({ revision }, answer => ({ plan: null, done: answer.revision }));
  now.busy = false;
  if (now.done) then();
}

async function send(body, take) {
  const answer = await request('POST', api('config/undo'), body);
  Object.assign(
    now,
    answer.ok ? { why: '', ...take(answer.body) } : { why: answer.unknown ? words.unknown : reason(answer) },
  );
  change();
}
