// @ts-check
// The middle: the customer and the lists, one at a time, in the same place in every state; the notes of the call below.
import { html, nothing } from '../vendor/lit-html.js';
import { repeat } from '../vendor/directives/repeat.js';
import { change, local, previewing, screen, stage } from '../state.js';
import { words } from '../words.js';
import { customer } from './customer.js';
import { notes } from './notes.js';
import { handedOver } from './handed_over.js';
import { disposition } from './disposition.js';
import { callbacks } from './callbacks.js';
import { leads } from './leads.js';
import { history } from './history.js';
import { isNarrow } from '../views.js';
import { beside, sideTitle } from './side.js';

const PANES = { customer, dispo: disposition, callbacks, leads, history, side: beside };
const KEYS = { customer: 'u', dispo: 'u', callbacks: 'b', leads: 'a', history: 'y', side: 'i' };

/** Draw the middle. */
export function work() {
  const names = [
    ...(stage() === 'dispo' ? ['dispo', 'customer'] : stage() === 'call' || previewing() ? ['customer'] : []),
    'callbacks',
    'leads',
    'history',
    ...(isNarrow() ? ['side'] : []),
  ];
  const open = current(names);
  return html`<section class="work" aria-label=${words.landmarks.work}>
    <div role="tablist" aria-label=${words.landmarks.work} @keydown=${event => arrows(event, names, open)}>${repeat(
      names,
      name => name, // the focus stays on its tab when others come
      name =>
        html`<button type="button" role="tab" id="tab-${name}"
      data-key=${keyOf(name, open, names) || nothing} aria-controls="pane" aria-selected=${name === open ? 'true' : 'false'} tabindex=${name === open ? '0' : '-1'} @click=${() => choose(name)}
      >${name === 'side' ? sideTitle() : words.tabs[name]}${name === 'callbacks' && screen.callbacks_due ? html` <b class="count">${screen.callbacks_due}</b>` : nothing}${keyOf(name, open, names) ? html` <kbd aria-hidden="true">${KEYS[name].toUpperCase()}</kbd>` : nothing}</button>`,
    )}</div>
    ${handedOver()}
    <div role="tabpanel" id="pane" class="pane" aria-labelledby="tab-${open}" tabindex="0">${PANES[open]()}</div>
    ${notes(open === 'customer' || open === 'dispo')}
  </section>`;
}

/** Return the key of a tab. After a call, codes and customer share one: it leads to the tab of both that is not open. */
const keyOf = (name, open, names) => (name === open && names.includes('dispo') ? '' : KEYS[name]);

const between = () => stage() === 'idle' && !previewing();

function current(names) {
  if (between()) return names.includes(local.tab) ? local.tab : names[0];
  return names.includes(local.callTab) ? local.callTab : names[0];
}

const choose = name => change(between() ? { tab: name } : { callTab: name });

function arrows(event, names, open) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = names[(names.indexOf(open) + step + names.length) % names.length];
  choose(next);
  document.getElementById(`tab-${next}`)?.focus();
}
