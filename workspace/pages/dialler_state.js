// @ts-check
// The state of a dialler, for the pages that show one.

/** Return the state as its words name it: halted, idle, running or stopped. */
export const stateOf = dialler =>
  dialler.halted_until ? 'halted' : dialler.running ? (dialler.idle ? 'idle' : 'running') : 'stopped';
