// @ts-check
// The web forms of the call: pages of other programs with its data, opened in a tab of the browser or beside the call.
import { html, nothing } from '../vendor/lit-html.js';
import { callOf } from '../call_of.js';
import { change, local, screen } from '../state.js';
import { isNarrow } from '../views.js';
import { words } from '../words.js';

const W = words.webForms;

/** Draw a button for each web form. */
export function formButtons() {
  const forms = screen.web_forms ?? [];
  return forms.length
    ? html`<div class="stop-row" role="group" aria-label=${W.title}>${forms.map(button)}</div>`
    : nothing;
}

/** Draw the web form that is open beside the call. It keeps its address, so that nothing typed in it is lost. */
export function openForm() {
  if (!local.form || isNarrow()) return nothing;
  const { option, address } = local.form;
  return html`<h2>${W[option]} <button type="button" class="small" id="close-form" @click=${() => change({ form: null })}>${W.close}</button></h2>
    <iframe id="web-form" title=${W[option]} src=${address} referrerpolicy="no-referrer"
      sandbox="allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts"></iframe>`;
}

/** Open the form of a call that has just come, if it opens by itself, and close that of the call before. */
export function followForms() {
  const call = callOf();
  if (local.form && call && local.form.call !== call) change({ form: null });
  const wanted = screen.call && screen.web_forms?.find(one => one.opens);
  if (!wanted || local.formOf === call) return;
  change({ formOf: call });
  open(wanted);
}

const button = one =>
  inPanel(one)
    ? html`<button type="button" class="small" id=${one.option} @click=${() => open(one)}>${W[one.option]}</button>`
    : html`<a class="small" id=${one.option} href=${one.address} target="_blank" rel="noopener noreferrer">${W[one.option]}</a>`;

/** Return whether a form is shown beside the call. A page of this server never is: there it could act as the agent. */
const inPanel = one => one.target === 'PANEL' && !isNarrow() && new URL(one.address).origin !== location.origin;

function open(one) {
  if (inPanel(one)) change({ form: { call: callOf(), option: one.option, address: one.address } });
  else window.open(one.address, '_blank', 'noopener,noreferrer');
}
