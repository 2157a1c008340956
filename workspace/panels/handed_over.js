// @ts-check
// Who had this customer before, in this call or in the one that promised the callback: the receiver sees what the sender knew.
import { html, nothing } from '../vendor/lit-html.js';
import { screen } from '../state.js';
import { span } from '../times.js';
import { isNarrow } from '../views.js';
import { words } from '../words.js';
import { callData } from './side.js';

/** Draw a block for each earlier part of the call: who, how long, the code, and the notes. Where the side has no room, the data too. */
export function handedOver() {
  const parts = screen.handed_over ?? [];
  return parts.length
    ? html`<section class="handed-over" aria-label=${words.handedOver.title}>${parts.map(part)}${isNarrow() ? callData() : nothing}</section>`
    : nothing;
}

function part({ user, full_name: name, left, seconds, status, status_name: code, notes }) {
  const length = seconds === null ? '' : span(seconds * 1000);
  const facts = [length, code || status].filter(Boolean).join(', ');
  const who = left ? words.handedOver.from(name || user) : words.handedOver.with(name || user);
  return html`<p><b>${who}</b>${facts ? html` <span class="note">${facts}</span>` : nothing}</p>
    ${notes ? html`<blockquote>${notes}</blockquote>` : html`<p class="soft">${words.handedOver.noNotes}</p>`}`;
}
