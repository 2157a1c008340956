// @ts-check
// The revisions of the configuration: who changed what, and Undo.
import { html, nothing } from '../vendor/lit-html.js';
import { changesTable } from '../pages/config_changes.js';
import { read } from '../pages/frame.js';
import { kindsOf, undoOf } from '../pages/undo.js';
import { moment } from '../pages/written.js';
import { reason } from '../requests.js';
import { change, local } from '../state.js';
import { words } from '../words.js';

const C = words.config,
  ROWS = 20,
  MANY = 8;
const now = { of: '', rows: null, ended: false, why: '' };

/** Forget the revisions, so that the next look reads them. */
export function forgetHistory() {
  Object.assign(now, { of: '', rows: null, ended: false, why: '' });
}

/** Read the revisions of an entry, of a kind or of everything. */
export async function loadHistory(kind, name, isMore = false, searched = {}) {
  const given = Object.entries({ kind, name, ...searched }).filter(([, value]) => value),
    of = new URLSearchParams([...given, ['limit', ROWS]]).toString();
  if (!isMore) Object.assign(now, { of, rows: now.of === of ? now.rows : null, why: '' });
  const answer = await read(`config/changes?${of}${isMore ? `&after=${now.rows.at(-1).revision}` : ''}`);
  if (now.of !== of) return;
  Object.assign(
    now,
    answer.ok
      ? { rows: [...(isMore ? now.rows : []), ...answer.body], ended: answer.body.length < ROWS }
      : { why: answer.unknown ? words.menu.unread : reason(answer) },
  );
  change();
}

const count = one =>
  one.changes.reduce((sum, each) => sum + Math.max(Object.keys({ ...each.before, ...each.after }).length, 1), 0);

const line = (one, then) =>
  html`<li><p><b>${C.revision(one.revision)}</b> <span class="soft">${moment(one.at, local.user.timezone)}, ${one.who}</span></p>${count(one) > MANY ? html`<details><summary>${C.changes(one.changes.length)}</summary>${changesTable(one.changes)}</details>` : changesTable(one.changes)}<div class="acts">${undoOf(one.revision, kindsOf(one.changes), then, 'of-')}</div></li>`;

/** Draw the revisions. */
export const revisions = (kind, name, then, searched = {}) =>
  html`${now.why ? html`<p class="bad" role="alert">${now.why}</p>` : nothing}${now.rows?.length ? html`<ol class="revisions">${now.rows.map(one => line(one, then))}</ol>` : now.rows ? html`<p class="empty">${Object.values(searched).some(Boolean) ? C.noneFound : C.noHistory}</p>` : nothing}
  ${now.rows?.length && !now.ended ? html`<p class="more"><button type="button" id="do-more" data-key="m" aria-keyshortcuts="m" @click=${() => loadHistory(kind, name, true, searched)}>${words.past.more} <kbd aria-hidden="true">M</kbd></button></p>` : nothing}`;
