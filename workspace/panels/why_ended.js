// @ts-check
// Why the last call ended for the agent, how long it was, and where the customer waits, in words.
import { screen } from '../state.js';
import { span } from '../times.js';
import { words } from '../words.js';
import { groupName } from '../words/group_name.js';

/** Return the queue in which the customer waits now, if the call goes on without an agent, or "". */
export const waitsIn = () => (screen.last?.waits_since ? groupName({ ingroup: screen.last.waits_in }) : '');

/** Return why the call ended, or "" while that is not known. */
export function whyEnded() {
  const { ended } = screen;
  if (!ended) return '';
  const waits = waitsIn() && ` ${words.waitsNow(waitsIn())}`;
  return `${ended.text}. ${span(ended.seconds * 1000)}.${waits}`;
}
