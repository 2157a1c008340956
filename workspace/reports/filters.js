// @ts-check
// Which report, of which time, and of which calls and agents: all of it is in the address.
import { html, nothing } from '../vendor/lit-html.js';
import { choiceField, clearButton, leaveField, periodField, textField } from '../pages/fields.js';
import { addressWith, here } from '../pages/frame.js';
import { words } from '../words.js';

const R = words.reports;

/** Draw the reports: each is a link that keeps the filters. */
export const kinds = (all, chosen, follow) =>
  html`<nav class="kinds" aria-label=${R.title}><ul>${all.map(
    one =>
      html`<li><a href=${addressWith({ report: one.report, sort: '', all: '' })} aria-current=${one === chosen ? 'page' : nothing}
  @click=${event => here(event, { report: one.report, sort: '', all: '' }, follow)}>${R.names[one.report] ?? one.report}</a></li>`,
  )}</ul></nav>`;

/** Draw the fields of a report. */
export const filters = (kind, asked, follow) =>
  html`<form class="filters" aria-label=${words.filters.title} @submit=${event => {
    event.preventDefault();
    leaveField();
  }}>
  ${periodField(asked, follow)}${
    kind.by.length
      ? choiceField(
          'by',
          kind.by.map((one, n) => [n ? one : '', R.keys[one] ?? one]),
          asked,
          follow,
          R.by,
        )
      : nothing
  }
  ${kind.filters.map(name => textField(name, asked, follow))}${clearButton(kind.filters, asked, follow)}</form>`;
