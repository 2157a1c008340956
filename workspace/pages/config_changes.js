// @ts-check
// Changes of the configuration as a table: each option before and after.
import { html, nothing } from '../vendor/lit-html.js';
import { words } from '../words.js';

const C = words.changes;

/** Return a value as one line. */
const shownValue = value =>
  value === undefined || value === null || value === ''
    ? C.empty
    : Array.isArray(value)
      ? value.length
        ? value.join(', ')
        : C.empty
      : String(value);

/** Draw changes: of which entry, and each option before and after. */
export const changesTable = changes =>
  changes.length
    ? html`<div class="scroll" tabindex="0" role="group" aria-label=${C.title}><table class="list changes ${changes.length === 1 ? 'single' : ''}"><caption class="unseen">${C.title}</caption>
  <thead><tr><th scope="col">${C.entry}</th><th scope="col">${C.option}</th><th scope="col">${C.before}</th><th scope="col">${C.after}</th></tr></thead>
  <tbody>${changes.map(one => lines(one))}</tbody></table></div>`
    : nothing;

function lines(one) {
  const options = [...new Set([...Object.keys(one.before), ...Object.keys(one.after)])],
    name = `${C.actions[one.action] ?? one.action} ${one.kind} ${one.name}`;
  if (!options.length || one.action === 'delete')
    return html`<tr><th scope="row">${name}</th><td colspan="3" class="soft">${one.action === 'delete' ? C.deleted : C.defaults}</td></tr>`;
  return options.map(
    (option, n) =>
      html`<tr><th scope="row">${n ? html`<span class="unseen">${name}</span>` : name}</th><td>${option}</td><td class="words was">${one.action === 'create' ? '' : shownValue(one.before[option])}</td><td class="words is">${shownValue(one.after[option])}</td></tr>`,
  );
}
