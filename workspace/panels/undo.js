// @ts-check
// The code that can still be taken back, with the seconds that are left.
import { html, nothing } from '../vendor/lit-html.js';
import { command, now, screen } from '../state.js';
import { words } from '../words.js';
import { button } from './buttons.js';
import { nameOf } from './disposition.js';

/** Draw it. A screen reader says once that there is an undo, and does not count the seconds. */
export function undo() {
  const { status, undo_until: end } = screen.last ?? {},
    left = end ? Date.parse(end) - now() : 0;
  const shown = left > 0 && command('undo-disposition').allowed,
    name = shown ? nameOf(status) : '';
  return html`<p class="unseen" role="status">${shown ? words.undo.said(name) : ''}</p>
    ${shown ? html`<div class="notice undo"><span aria-hidden="true">${words.undo.set(name)}</span>${button('undoCode')}<span class="timer" aria-hidden="true">${words.undo.left(Math.ceil(left / 1000))}</span></div>` : nothing}`;
}
