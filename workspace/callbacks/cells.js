// @ts-check
// What a table says of a callback.
import { html } from '../vendor/lit-html.js';
import { now } from '../state.js';
import { words } from '../words.js';

const C = words.callbacks;

/** Draw the state of a callback now: one that is planned is due at its time. */
export function stateOf({ state, at }) {
  const shown = state === 'pending' && Date.parse(at) <= now() ? 'due' : state;
  return html`<span class="outcome ${shown}">${C.states[shown] ?? shown}</span>`;
}

/** Return who makes the callback; `own` is the agent who looks at it. */
export const callerOf = ({ agent, full_name: name }, own = '') =>
  !agent ? C.anyone : agent === own ? C.me : name || agent;

/** Return what was written for the callback, and about the call that promised it. */
export const textOf = ({ comments, notes }) => [comments, notes].filter(Boolean).join(' · ');
