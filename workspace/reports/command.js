// @ts-check
// What the address asks for, as the API and the command line name it.
import { quoted } from '../pages/command.js';
import { periodOf } from '../pages/fields.js';

/** Return the report's part of the address: the period, its filters, and the key of its rows. Other filters stay in the address for other reports. */
export function question(kind, asked) {
  const names = [...kind.filters, ...(kind.by.includes(asked.by) ? ['by'] : [])];
  return { ...periodOf(asked), ...Object.fromEntries(names.filter(one => asked[one]).map(one => [one, asked[one]])) };
}

/** Return the command that prints the same report. */
export const command = (kind, asked) =>
  [
    'warmline report',
    kind.report,
    ...Object.entries(question(kind, asked)).map(
      ([name, value]) => `${name === 'by' ? kind.by_option : `--${name}`} ${quoted(value)}`,
    ),
  ].join(' ');
