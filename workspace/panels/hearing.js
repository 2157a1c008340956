// @ts-check
// Who hears whom, in words, in every state of a call.
import { html, nothing } from '../vendor/lit-html.js';
import { screen } from '../state.js';
import { words } from '../words.js';

/** Draw a row for each party: who it is, and whom it hears. */
export function hearing() {
  const rows = screen.hears ?? [];
  if (!rows.length) return nothing;
  return html`<table class="hearing"><caption class="unseen">${words.whoHears}</caption><tbody>${rows.map(
    one =>
      html`<tr class=${one.party}>
    <th scope="row">${words.parties[one.party]}${one.party !== 'agent' && one.name && one.name !== screen.call?.customer ? html` <small>${one.name}</small>` : nothing}</th>
    <td class=${silent(one) ? 'silent' : ''}>${words.hears(
      one.party === 'agent',
      one.hears.map(name => words.inside[name]),
      one.music,
      one.dialplan,
    )}</td></tr>`,
  )}</tbody></table>`;
}

const silent = one => !one.hears.length && !one.music && !one.dialplan;
