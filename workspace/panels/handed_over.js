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
    ? html`<section class="handed-over" tabindex="0" aria-label=${words.handedOver.title}>${parts.map(part)}${isNarrow() ? callData() : nothing}</section>`
    : nothing;
}

const whose = ({ user, full_name: name, left }) => words.handedOver[left ? 'from' : 'with'](name || user);

/** Return how long an agent had the customer, and the code. */
const factsOf = ({ seconds, status, status_name: code }) =>
  [seconds === null ? '' : span(seconds * 1000), code || status].filter(Boolean).join(', ');

/** Return the part of an agent in words. */
export const partSaid = one =>
  `${[whose(one), factsOf(one)].filter(Boolean).join(', ')}: ${one.notes || words.handedOver.noNotes}`;

function part(one) {
  const { notes } = one,
    facts = factsOf(one);
  return html`<p><b>${whose(one)}</b>${facts ? html` <span class="note">${facts}</span>` : nothing}</p>
    ${notes ? html`<blockquote>${notes}</blockquote>` : html`<p class="soft">${words.handedOver.noNotes}</p>`}`;
}
