// @ts-check
// A change in two steps: the server compares, and the person applies what it shows. A program's secret is shown once.
import { html, nothing } from '../vendor/lit-html.js';
import { changesTable } from '../pages/config_changes.js';
import { copied } from '../pages/command.js';
import { forgetUndo, undoOf } from '../pages/undo.js';
import { read } from '../pages/frame.js';
import { api, reason, request } from '../requests.js';
import { change } from '../state.js';
import { words } from '../words.js';
import { command, document_ } from './texts.js';

const C = words.config,
  SHOWN_ONCE = ['api-token', 'event-hook']; // kinds whose new entries get a secret from the server
const PATIENCE = 20_000;
const FRESH = { plan: null, why: '', faults: {}, isStale: false, busy: false, done: null };
const now = { ...FRESH };

/** Forget the change that was planned or made. */
export function forgetPlan() {
  Object.assign(now, FRESH);
  forgetUndo();
}

/** Return what the server said of an option. */
export const faultOf = option => now.faults[option] ?? '';

/** Take back a plan, because the form has changed since. */
export function outdated() {
  if (now.plan || now.why) Object.assign(now, { plan: null, why: '', faults: {}, isStale: false });
}

/** Show what a change does. `action` is create, set or delete. */
export async function compare(kind, name, action, options, entry) {
  if (now.busy) return;
  Object.assign(now, FRESH, { busy: true });
  change();
  const own = {
    action,
    kind: kind.kind,
    name: name || kind.only,
    before: Object.fromEntries(Object.keys(options).map(option => [option, entry?.options[option]])),
    after: options,
  };
  const alone = action === 'delete' || (action === 'create' && SHOWN_ONCE.includes(kind.kind));
  const answer = alone
    ? { ok: true, body: { changes: [own], warnings: [] } }
    : await request('POST', api('config/diff'), document_(kind, name, options), {}, PATIENCE);
  const bound = answer.body?.code === 'campaigns_bound'; // a person of some campaigns changes one entry, and the server checks it then
  const plan = answer.ok ? answer.body : bound ? { changes: [own], warnings: [] } : null;
  Object.assign(now, {
    busy: false,
    ...(plan
      ? { plan: { ...plan, kind, name, action, options, alone: alone || bound, revision: entry?.revision } }
      : failed(answer)),
  });
  change();
  requestAnimationFrame(() => document.getElementById(now.plan ? 'do-apply' : 'why-plan')?.focus());
}

const failed = answer => ({
  isStale: answer.body?.code === 'config_changed_since',
  why: answer.unknown ? words.unknown : reason(answer),
  faults: Object.fromEntries((answer.body?.errors ?? []).map(one => [one.field, one.detail])),
});

async function apply(then) {
  const { kind, name, action, options, alone, revision } = now.plan;
  if (now.busy) return;
  now.busy = true;
  change();
  const path = `config/${kind.kind}/${encodeURIComponent(name || kind.only)}`,
    since = revision && action !== 'create' ? `?revision=${revision}` : '';
  const answer = alone
    ? await request(
        { create: 'POST', set: 'PATCH', delete: 'DELETE' }[action],
        api(path + since),
        action === 'delete' ? undefined : options,
        {},
        PATIENCE,
      )
    : await request(
        'POST',
        api('config/apply'),
        { ...document_(kind, name, options), ...(action === 'set' && revision ? { revision } : {}) },
        {},
        PATIENCE,
      );
  Object.assign(now, {
    busy: false,
    ...(answer.ok
      ? {
          plan: null,
          why: '',
          faults: {},
          done: {
            kind: kind.kind,
            name,
            action,
            revision: answer.body.revision ?? 0,
            warnings: answer.body.warnings ?? [],
            secret: answer.body.token || answer.body.secret || '',
          },
        }
      : failed(answer)),
  });
  if (answer.ok && alone) now.done.revision = await newest(kind.kind, name || kind.only);
  if (answer.ok) then(action);
  change();
  requestAnimationFrame(() => document.getElementById(answer.ok ? 'done-plan' : 'why-plan')?.focus());
}

/** Return the last revision of an entry: that of the change which was just made alone. */
async function newest(kind, name) {
  const answer = await read(`config/changes?${new URLSearchParams({ kind, name, limit: '1' })}`);
  return answer.ok && answer.body[0] ? answer.body[0].revision : 0;
}

/** Draw the change that is planned, or the one that was made. `then` is called after each change. */
export function planCard(then) {
  const { plan, why, done } = now;
  return html`${why ? html`<p class="bad" role="alert" id="why-plan" tabindex="-1">${why}</p>` : nothing}${
    now.isStale
      ? html`<p class="acts"><button type="button" id="do-read" @click=${() => {
          outdated();
          then('read');
        }}>${C.readAgain}</button></p>`
      : nothing
  }
    ${
      done
        ? html`<section class="card plan-card" aria-label=${C.made}><h2 id="done-plan" tabindex="-1">${done.revision ? C.done(done.revision) : C.doneAlone}</h2>${done.warnings.map(one => html`<p class="notice">${one}</p>`)}
      ${done.secret ? html`<p>${copied('secret', done.secret, C.secret)}</p><p class="notice">${C.onlyNow}</p>` : nothing}<div class="acts">${undoOf(done.revision, [done.kind], () => then(done.action === 'create' ? 'gone' : 'undo'))}</div></section>`
        : nothing
    }
    ${
      plan
        ? html`<section class="card plan-card changes-card" aria-label=${C.plan}><h2>${plan.changes.length ? C.plan : C.same}</h2>${changesTable(plan.changes)}${plan.warnings.map(one => html`<p class="notice">${one}</p>`)}
      <p class="soft">${words.menu.command}</p>${copied('plan-command', command(plan.kind, plan.name, plan.action, plan.options), words.menu.command)}
      <p class="acts">${plan.changes.length ? html`<button type="button" class=${plan.action === 'delete' ? 'stop' : 'main'} id="do-apply" aria-disabled=${now.busy ? 'true' : 'false'} @click=${() => apply(then)}>${plan.action === 'delete' ? C.reallyDelete : C.apply}</button>` : nothing}
        <button type="button" id="not-apply" @click=${() => {
          outdated();
          change();
        }}>${C.goOn}</button></p></section>`
        : nothing
    }`;
}
