// @ts-check
// A button: its key, whether it is allowed, why not, and that it was pressed.
import { html, nothing } from '../vendor/lit-html.js';
import { action, isBusy, press } from '../actions.js';
import { keysOn } from '../keys.js';
import { words } from '../words.js';

/** Draw the button of an action. It keeps its place when it is not allowed, and says why when it has the focus. */
export function button(name, { kind = '', label = '' } = {}) {
  const now = action(name);
  return drawn({ ...now, label: label || now.label, id: name, kind, run: () => press(name), busy: isBusy(now.label) });
}

/** Draw any button; `run` is called if it is allowed, or if it says itself why it is not. `spoken` is its name for a screen reader, if not the label. */
export function drawn({
  id,
  key = '',
  label,
  spoken = '',
  kind = '',
  allowed = true,
  why = '',
  run,
  busy = false,
  opens = '',
}) {
  const hint = !allowed && (why || words.notAllowed);
  return html`<span class="press"><button type="button" id="do-${id}" class="${kind} ${busy ? 'busy' : ''}" data-key=${key || nothing} aria-label=${spoken || nothing}
    aria-disabled=${allowed ? 'false' : 'true'} aria-keyshortcuts=${key || nothing} aria-describedby=${hint ? `why-${id}` : nothing}
    aria-expanded=${opens || nothing}
    @click=${run}><span>${label}</span>${key && keysOn() ? html` <kbd aria-hidden="true">${shown(key)}</kbd>` : nothing}</button>${
      hint ? html`<span class="why" role="tooltip" id="why-${id}">${hint}</span>` : nothing
    }</span>`;
}

const NAMED = { escape: 'Esc', enter: '↵' };

/** Return a key as the button shows it. */
export const shown = key => NAMED[key] ?? (key.length === 1 ? key.toUpperCase() : key);
