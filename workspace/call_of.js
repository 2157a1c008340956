// The call that the agent's commands are about.
import { screen, stage } from './state.js';

/** Return the id of the live call, or of the one that waits for its code; or "". */
export const callOf = () => screen.call?.id ?? (stage() === 'dispo' ? screen.last?.call : '') ?? '';
