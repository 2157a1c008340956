// @ts-check
// The name of an in-group as people read it.
import { words } from '../words.js';

const DIRECT = 'AGENTDIRECT'; // calls for one agent

/** Return the in-group's name; the in-group of calls for one agent needs none. */
export const groupName = one => one.group_name || (one.ingroup === DIRECT ? words.directGroup : one.ingroup);
