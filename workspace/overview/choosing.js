// @ts-check
// Arrow keys move through the rows: the agents, or the waiting callers when one of them has the focus.
import { change, local } from '../state.js';
import { line, listed } from './lists.js';
import { readChosen } from './changed.js';
import { showView, views } from '../views.js';

const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
const OWN_ARROWS = 'input:not([type=search]), textarea, select, [data-panel] *';

/** Choose an agent, and move the focus there if `focus` is true. */
export function choose(user, focus = false) {
  if (user !== local.row) change({ row: user, detail: null });
  readChosen();
  if (focus) focusRow(`agent-${user}`);
}

/** Choose a waiting caller in the same way. */
export function chooseCaller(call, focus = false) {
  change({ caller: call });
  if (focus) focusRow(`caller-${call}`);
}

// After the change is drawn, which was planned before.
const focusRow = id =>
  queueMicrotask(() => {
    const row = document.getElementById(id);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  });

/** Return which row of a list takes part in the Tab order: the chosen one, otherwise the first. */
export const tabbed = (ids, wanted) => (ids.includes(wanted) ? wanted : (ids[0] ?? ''));

document.addEventListener('keydown', event => {
  if (local.view === 'wall' && event.key === 'Escape' && views().includes('overview')) showView('overview');
  const step = STEPS[event.key],
    target = /** @type {HTMLElement} */ (event.target);
  if (
    !step ||
    local.view !== 'overview' ||
    local.dialog ||
    event.altKey ||
    event.ctrlKey ||
    event.metaKey ||
    target.closest?.(OWN_ARROWS)
  )
    return;
  const inLine = target.closest?.('[data-rows=line]');
  const ids = inLine ? line().map(one => one.call) : listed().map(one => one.user),
    at = ids.indexOf(inLine ? local.caller : local.row);
  if (!ids.length) return;
  event.preventDefault();
  const next =
    at < 0 ? (step < 0 && step !== -Infinity ? ids.length - 1 : 0) : Math.min(Math.max(at + step, 0), ids.length - 1);
  (inLine ? chooseCaller : choose)(ids[at < 0 && step === Infinity ? ids.length - 1 : next], true);
});
