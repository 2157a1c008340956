// @ts-check
// The name of a pause's code as people read it.
import { words } from '../words.js';

/** Return the name of a code by the codes that are known, the word for a code of Warmline's own, or the code. */
export const pauseName = (code, known = []) =>
  known.find(one => one.pause_code === code)?.pause_code_name || words.pause.codes[code] || code;
