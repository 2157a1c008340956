// @ts-check
// The figures of a report as people read them. Their forms are those of the server's table of reports.
import { words } from '../words.js';

const two = n => String(n).padStart(2, '0');
export const NUMBERS = ['count', 'length', 'share']; // forms that stand at the right, and whose sums are drawn

function length(ms) {
  const s = Math.round(ms / 1000),
    h = Math.floor(s / 3600),
    m = Math.floor(s / 60) % 60;
  return h ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
}

const listed = (values, shown) =>
  Object.keys(values)
    .sort()
    .map(name => `${name || words.reports.none} ${shown(values[name])}`)
    .join(', ');

const clocks = new Map();

/** Return a time as day and time of day in a zone; a browser that does not know the zone uses its own. */
export function moment(iso, timeZone) {
  if (!clocks.has(timeZone)) {
    /** @type {Intl.DateTimeFormatOptions} */
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' };
    try {
      clocks.set(timeZone, new Intl.DateTimeFormat('sv-SE', { ...parts, timeZone }));
    } catch {
      clocks.set(timeZone, new Intl.DateTimeFormat('sv-SE', parts));
    }
  }
  return clocks.get(timeZone).format(new Date(iso));
}

const FORMS = {
  length,
  share: value => `${(100 * value).toFixed(1)} %`,
  time: moment,
  counts: values => listed(values, String),
  lengths: values => listed(values, length),
};

/** Return a figure as text; a missing one is empty. */
export const written = (column, value, zone) =>
  value === null || value === undefined
    ? ''
    : value === ''
      ? column.empty
      : (FORMS[column.form]?.(value, zone) ?? String(value));
