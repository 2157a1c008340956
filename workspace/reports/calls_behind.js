// @ts-check
// The calls or callbacks behind a row of a report, as an address of their page.
import { periodOf } from '../pages/fields.js';
import { placesOf } from '../pages/places.js';
import { local } from '../state.js';

const MINUTE = 60_000,
  MINUTES = { '15m': 15, '30m': 30, '1h': 60, '2h': 120, '4h': 240, '6h': 360, '8h': 480, '12h': 720, '1d': 1440 };
const KEPT = ['campaign', 'ingroup', 'agent']; // filters of a report that the search has too

// What the row says of its calls, by report; null if the search cannot say it.
const OF_ROW = {
  day: row =>
    ({ in: { ingroup: row.group }, out: { campaign: row.group }, fallback: { outcome: 'fallback' } })[row.kind] ?? null,
  interval: (row, asked) => ({ between: `${row.begins}..${after(row.begins, MINUTES[asked.by] ?? 30)}` }),
  agents: row => ({ agent: row.agent }),
  closers: row => (row.closer ? { agent: row.closer } : null),
  dispositions: row => (row.status ? { disposition: row.status } : null),
  drops: row => (row.ingroup ? { ingroup: row.ingroup } : null),
  missed: row => ({ call: row.call }),
  undispositioned: row => ({ call: row.call }),
};

const after = (begins, minutes) => new Date(Date.parse(begins) + minutes * MINUTE).toISOString();

const mayRead = page => placesOf(local.user).some(one => one.name === page);

/** Return the address of the calls behind a row, with the period and the filters of the report; "" if they cannot be searched. Those of the callbacks are the open ones of the agent now. */
export function callsBehind(kind, row, asked) {
  if (kind.report === 'callbacks' && row.agent && mayRead('callbacks'))
    return `callbacks.html?${new URLSearchParams({ agent: row.agent })}`;
  const found = OF_ROW[kind.report]?.(row, asked);
  if (!found || asked.group || (kind.by.includes('server') && asked.by === 'server') || !mayRead('calls')) return '';
  const kept = Object.fromEntries(
    KEPT.filter(one => asked[one] && kind.filters.includes(one)).map(one => [one, asked[one]]),
  );
  return `calls.html?${new URLSearchParams({ ...(found.between ? {} : periodOf(asked)), ...kept, ...found })}`;
}
