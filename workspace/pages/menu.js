// @ts-check
// The menu of those who lead: a link for each page that the server lets them read.
import { html, nothing } from '../vendor/lit-html.js';
import { keysOn } from '../keys.js';
import { local } from '../state.js';
import { words } from '../words.js';
import { placesOf } from './places.js';

const M = words.menu;

/**
 * Draw the menu. An agent's call is in the workspace, so that page stays open and the others open beside it.
 * On the live view the links have no keys: a letter that is typed by mistake must not end listening.
 */
export function menu(current) {
  const places = placesOf(local.user),
    beside = current === 'live' && local.user.agent ? '_blank' : nothing;
  if (places.length < 2) return nothing;
  return html`<nav class="menu" aria-label=${M.title}><ul>${places.map(
    ({ name, address, key }) =>
      html`<li>${
        name === current
          ? html`<a href=${address} aria-current="page">${M[name]}</a>`
          : html`<a href=${address} id="go-${name}" target=${beside} data-key=${current === 'live' ? nothing : key} aria-keyshortcuts=${current === 'live' ? nothing : key}>${M[name]}${keysOn() && current !== 'live' ? html` <kbd aria-hidden="true">${key.toUpperCase()}</kbd>` : nothing}</a>`
      }</li>`,
  )}</ul></nav>`;
}
