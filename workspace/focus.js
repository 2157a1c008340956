// @ts-check
// The focus stays where it was when the screen changes, and is never lost to nowhere.

let opened = ''; // the button that opened the panel which is open now

/** Note where the focus is; return a function that puts it back after the page was drawn, and back into view if the new page moved it. */
export function keepFocus() {
  const before = document.activeElement,
    seen = isSeen(before);
  const id = before?.id ?? '';
  return () => {
    if (seen && isThere(before) && !isSeen(before)) before.scrollIntoView({ block: 'nearest' });
    if (
      !before ||
      before === document.body ||
      isElsewhere(before) ||
      (isThere(before) && (before.id === id || !before.closest('.rows')))
    )
      return; // a row that moves takes its focus along
    const same = id && document.getElementById(id);
    if (same && isVisible(same)) same.focus({ preventScroll: true });
    else document.getElementById('state')?.focus({ preventScroll: true });
  };
}

/** Move the focus to a field or a button, all of which is then in view: the browser leaves a part where it is. */
export function reveal(one) {
  one?.focus({ preventScroll: true });
  one?.scrollIntoView({ block: 'nearest' });
}

const isElsewhere = before => ![before, document.body, null].includes(document.activeElement);

/** Return whether the middle of an element is in view, and under nothing else. */
function isSeen(one) {
  if (!one || one === document.body) return false;
  const at = one.getBoundingClientRect();
  return one.contains(document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2));
}

const isVisible = one => one.isConnected && !one.closest('[hidden]');
const isThere = one => isVisible(one) && document.activeElement === one;

/** Move the focus into a panel that has just opened, or back to where it was. */
export function followPanel(name, before) {
  if (name === before) return;
  if (name) {
    opened ||= document.activeElement?.id ?? '';
    /** @type {HTMLElement} */ (document.querySelector('[data-panel] [data-first]'))?.focus();
  } else if (opened) {
    reveal(document.getElementById(opened)); // what came while the panel was open may have moved it
    opened = '';
  }
}
