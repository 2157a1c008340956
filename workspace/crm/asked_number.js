// @ts-check
// A link of another program, such as `?dial=+4930555777`: the number is in the field, and is dialled only by the agent's Enter.
import { clean } from '../panels/idle.js';
import { change } from '../state.js';

/** Put the number of the address into the field, and take it from the address: a reload does not ask again. */
export function askedNumber() {
  const asked = new URLSearchParams(location.search),
    number = clean((asked.get('dial') ?? '').replace(/^tel:/i, ''));
  if (!asked.has('dial')) return;
  asked.delete('dial');
  history.replaceState(history.state, '', `${location.pathname}${asked.size ? `?${asked}` : ''}`);
  if (!number) return;
  change({ number });
  setTimeout(() => document.getElementById('number')?.focus()); // once it is drawn
}
