// @ts-check
// The call that the agent's commands are about. A command names it, so that a late one never reaches the next customer.
import { screen, stage } from './state.js';
import { mine } from './requests.js';

const OF_CALL = new Set([
  'hangup',
  'transfers',
  'parking',
  'hold',
  'unhold',
  'recording',
  'dtmf',
  'disposition',
  'notes',
]);

/** Return the id of the live call, or of the one that waits for its code; or "". */
export const callOf = () => screen.call?.id ?? (stage() === 'dispo' ? screen.last?.call : '') ?? '';

/** Return the address of a command to the own agent, with the call if it is about one. */
export const toAgent = (path, call) =>
  OF_CALL.has(path) && call ? `${mine(path)}?call=${encodeURIComponent(call)}` : mine(path);
