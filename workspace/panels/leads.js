// @ts-check
// The leads of the agent's campaign: a list to work through, searched by name or number.
import { html } from '../vendor/lit-html.js';
import { change, local } from '../state.js';
import { load } from '../lists.js';
import { clock } from '../times.js';
import { words } from '../words.js';
import { nameOf } from './disposition.js';
import { dialButton, listed, rows } from './rows.js';

const L = words.leads,
  PAUSE = 250; // milliseconds without a letter before the search begins
let timer = 0;

/** Draw the leads. */
export const leads = () =>
  html`<form class="search" role="search" @submit=${event => {
    event.preventDefault();
    load('leads', { force: true });
  }}><label for="search">${L.search}</label>
  <input id="search" type="search" autocomplete="off" maxlength="100" .value=${local.search} @input=${event => search(event.target.value)}></form>
  ${rows(
    'leads',
    [L.name, L.number, L.city, L.last, L.called, words.buttons.dial],
    one => [
      html`<b class="person">${[one.first_name, one.last_name].filter(Boolean).join(' ') || '–'}</b> <small>${words.lead.edit} ${one.lead_id}</small>`,
      html`${one.phone_code}${one.phone_number}${listed(one.do_not_call)}`,
      one.city,
      nameOf(one.status),
      one.called_count ? html`${one.called_count}× <small>${clock(one.last_call)}</small>` : '',
      dialButton(`l-${one.lead_id}`, `${one.phone_code}${one.phone_number}`, { lead: one.lead_id }),
    ],
    { none: L.none, moreText: L.more },
  )}`;

function search(text) {
  change({ search: text });
  clearTimeout(timer);
  timer = setTimeout(() => load('leads', { force: true }), PAUSE);
}
