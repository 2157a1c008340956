// What the address asks for, as the API and the command line name it.
const PERIODS = ['between', 'since', 'day'];

/** Return the report's part of the address: the period, its filters, and the key of its rows. Other filters stay in the address for other reports. */
export function question(kind, asked) {
  const period = PERIODS.find(one => asked[one]) ?? 'day';
  const names = [...kind.filters, ...kind.by.includes(asked.by) ? ['by'] : []];
  return { [period]: asked[period] || 'today', ...Object.fromEntries(names.filter(one => asked[one]).map(one => [one, asked[one]])) };
}

const quoted = text => /^[\w.,:@%+=/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** Return the command that prints the same report. */
export const command = (kind, asked) => ['warmline report', kind.report, ...Object.entries(question(kind, asked)).map(([name, value]) =>
  `${name === 'by' ? kind.by_option : `--${name}`} ${quoted(value)}`)].join(' ');
