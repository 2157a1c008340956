// @ts-check
// One key, one command, while no text field has the focus. The keys are those that the buttons show.
import { change, local } from './state.js';

export const KEY_LIST = 'keylist'; // the panel that lists the keys
const SETTING = 'warmline-keys'; // plain, alt or off: letters alone disturb some ways of typing (WCAG 2.1.4)
const TYPED = 'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]';
const GRACE = 1500; // milliseconds after a letter was typed into a field that is gone since
const WORD = 600; // milliseconds between two letters of somebody who goes on typing

const ENDS = new Set(['Enter', 'Escape', 'Tab']); // keys that end the typing

let setting = read();
let typed = { at: -Infinity, field: null };
const GONE = {}; // stands for a field that is gone

/** Take letters and digits as typed for a moment, because a call's end has closed the panel for which they are. */
export function interrupted() {
  typed = { at: performance.now(), field: GONE };
}

function read() {
  try {
    return localStorage.getItem(SETTING) ?? 'plain';
  } catch {
    return 'plain';
  }
}

export const keySetting = () => setting;
export const keysOn = () => setting !== 'off';

/** Choose whether keys work alone, with Alt, or not at all. */
export function setKeys(value) {
  setting = value;
  try {
    localStorage.setItem(SETTING, value);
  } catch {
    /* only until the page is closed */
  }
  change();
}

/** Listen to the keyboard. */
export function listen() {
  document.addEventListener('keydown', event => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === 'Enter' && event.repeat && !target.closest?.('textarea')) return event.preventDefault(); // a key that is held is one press
    if (ENDS.has(event.key)) typed = { at: -Infinity, field: null };
    else if (target.closest?.(TYPED)) typed = { at: event.timeStamp, field: target };
    if (event.key === 'Escape') return escape(event);
    if (setting === 'off' || event.ctrlKey || event.metaKey || event.repeat || event.altKey !== (setting === 'alt'))
      return;
    if (target.closest?.(TYPED) || wasTyping(event)) return;
    const found = buttonOf(
      event.key === '?'
        ? '?'
        : setting === 'alt'
          ? event.code.replace(/^(Key|Digit|Numpad)/, '').toLowerCase()
          : event.key.toLowerCase(),
    );
    if (!found) return;
    event.preventDefault();
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: 'nearest' });
    found.click();
  });
}

/** Return whether somebody was typing into a field that the last change of the screen took away. */
function wasTyping(event) {
  if (
    event.timeStamp - typed.at >= GRACE ||
    !typed.field ||
    (typed.field !== GONE && typed.field.isConnected && !typed.field.closest('[hidden]'))
  )
    return false;
  if (event.timeStamp - typed.at < WORD) typed.at = event.timeStamp;
  return true;
}

/** Return the button with this key: of the open panel first, then of the page. While the list of keys is read, no key of it acts but its own. */
function buttonOf(key) {
  if (local.dialog === KEY_LIST && key !== '?') return null;
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  const visible = root => [...(root?.querySelectorAll(wanted) ?? [])].find(one => one.checkVisibility?.() ?? true);
  return visible(document.querySelector('[data-panel]')) ?? visible(document);
}

function escape(event) {
  if (local.dialog) {
    event.preventDefault();
    change({ dialog: '' });
    return;
  }
  if (event.target.closest?.(TYPED)) event.target.blur();
}
