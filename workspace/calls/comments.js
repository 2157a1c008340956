// @ts-check
// Comments on a call by those who lead: the list, a new one with a mark, and the commands that do the same.
import { html, nothing } from '../vendor/lit-html.js';
import { copied, line, quoted } from '../pages/command.js';
import { moment } from '../pages/written.js';
import { api, reason, request } from '../requests.js';
import { change, local } from '../state.js';
import { words } from '../words.js';

const P = words.past,
  LONGEST = 2000,
  WRITERS = ['group', 'all'];
const FRESH = { comment: '', mark: '', why: '', said: '', busy: false, sure: 0 };
const page = { of: '', ...FRESH };

const mayWrite = () => WRITERS.includes(local.user.rights['calls:write']);
const mayDelete = one => mayWrite() && (local.user.role !== 'supervisor' || one.by === local.user.client);

/** Draw the comments of a call. `follow` reads the call again. */
export function comments(call, follow) {
  if (page.of !== call.id) Object.assign(page, FRESH, { of: call.id });
  return html`<section class="card comments-card" aria-label=${P.comments}><div class="card-head"><h2>${P.comments}</h2><span class="soft">${P.commentsText}</span></div>
    ${call.comments.length ? html`<ul>${call.comments.map(one => shown(call, one, follow))}</ul>` : html`<p class="empty">${P.noComments}</p>`}
    ${page.why ? html`<p class="bad" role="alert">${page.why}</p>` : nothing}<p role="status" class="said">${page.said}</p>${mayWrite() ? form(call, follow) : nothing}</section>`;
}

const shown = (call, one, follow) =>
  html`<li><p class="written">${one.mark ? html`<span class="call-mark">${P.marks[one.mark] ?? one.mark}</span> ` : nothing}${one.comment}</p>
  <p class="acts"><span class="soft">${P.written(one.full_name || one.by, moment(one.at, local.user.timezone))}</span>${
    mayDelete(one)
      ? page.sure === one.id
        ? html`${copied(`delete-command-${one.id}`, line(['warmline call delete-comment', quoted(call.id), String(one.id)], {}), words.menu.command)}<button type="button" class="stop small" id="really-${one.id}" @click=${() => remove(call, one, follow)}>${P.reallyDelete}</button>`
        : html`<button type="button" class="small" id="delete-${one.id}" aria-label=${P.deleteOf(one.id)} @click=${() => sure(one)}>${P.delete}</button>`
      : nothing
  }</p></li>`;

const form = (call, follow) =>
  html`<form class="comment-form" aria-label=${P.newComment} @submit=${event => {
    event.preventDefault();
    add(call, follow);
  }}>
  <div><label for="comment">${P.newComment} <kbd aria-hidden="true">W</kbd></label><textarea id="comment" rows="3" maxlength=${LONGEST} data-key="w" aria-keyshortcuts="w" .value=${page.comment} @input=${event => {
    page.comment = event.target.value;
    change();
  }}></textarea></div>
  <div><label for="mark-of">${P.mark}</label><select id="mark-of" @change=${event => {
    page.mark = event.target.value;
    change();
  }}>${Object.entries(P.marks).map(([id, text]) => html`<option value=${id} .selected=${page.mark === id}>${id ? text : P.noMark}</option>`)}</select></div>
  <p class="acts"><button class="main" id="do-comment" aria-disabled=${page.busy || !given() ? 'true' : 'false'}>${P.comment}</button>${copied('comment-command', line(['warmline call comment', quoted(call.id), ...(page.comment.trim() ? [quoted(page.comment.trim())] : [])], { '--mark': page.mark }), words.menu.command)}</p></form>`;

const given = () => page.comment.trim() || page.mark;

function sure(one) {
  Object.assign(page, { sure: one.id, why: '', said: '' });
  change();
  requestAnimationFrame(() => document.getElementById(`really-${one.id}`)?.focus());
}

async function add(call, follow) {
  if (page.busy || !given()) return;
  const { comment, mark } = page;
  if (
    (await send('POST', `past-calls/${encodeURIComponent(call.id)}/comments`, { comment, mark }, P.wasWritten)) &&
    page.of === call.id
  )
    Object.assign(page, { comment: '', mark: '' });
  return follow();
}

async function remove(call, one, follow) {
  if (page.busy) return;
  await send('DELETE', `past-calls/${encodeURIComponent(call.id)}/comments/${one.id}`, undefined, P.wasDeleted);
  return follow();
}

async function send(method, path, body, said) {
  Object.assign(page, { busy: true, why: '', said: '', sure: 0 });
  change();
  const answer = await request(method, api(path), body);
  Object.assign(page, {
    busy: false,
    ...(answer.ok ? { said } : { why: answer.unknown ? words.unknown : reason(answer) }),
  });
  change();
  return answer.ok;
}
