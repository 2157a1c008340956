// @ts-check
// Times as people read them, in the zone of the setting timezone: the words for a callback's time mean that zone too.
// Every timer is a stamp of the server and the server's clock.
import { local, now } from './state.js';

const two = n => String(n).padStart(2, '0');

/** Return a length in milliseconds as 0:07, 12:34 or 1:02:03. */
export function span(ms) {
  const s = Math.max(0, Math.floor(ms / 1000)),
    h = Math.floor(s / 3600),
    m = Math.floor(s / 60) % 60;
  return h ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
}

/** Return how long ago a stamp was. */
export const since = iso => (iso ? span(now() - Date.parse(iso)) : '');

/** Return how long it is until a stamp. */
export const until = iso => (iso ? span(Date.parse(iso) - now() + 999) : '');

/** @type {Intl.DateTimeFormatOptions} */
const TIME = { hour: '2-digit', minute: '2-digit' };
/** @type {Intl.DateTimeFormatOptions} */
const DAY = { dateStyle: 'short' };
const OWN = [TIME, DAY].map(parts => new Intl.DateTimeFormat('en-GB', parts)); // as this machine's clock
const made = { zone: null, formats: null };

/** Return the formats of the zone; making them takes longer than using them. A browser that does not know the zone uses its own. */
function formats() {
  const zone = local.user?.timezone || undefined;
  if (made.formats && made.zone === zone) return made.formats;
  try {
    made.formats = inZone(zone);
  } catch {
    made.formats = inZone(undefined);
  }
  made.zone = zone;
  return made.formats;
}

function inZone(timeZone) {
  const lang = document.documentElement.lang,
    of = (language, parts) => new Intl.DateTimeFormat(language, { ...parts, timeZone });
  return {
    time: of('en-GB', TIME),
    same: of('en-GB', DAY),
    name: timeZone ?? '',
    date: of(lang, { weekday: 'short', day: 'numeric', month: 'short' }),
    near: of(lang, { weekday: 'short' }),
    far: of(lang, { day: 'numeric', month: 'short' }),
  };
}

/** Return the date of a stamp, with the day of the week. */
export const date = iso => formats().date.format(new Date(iso));

/** Return the time of day of a stamp. */
export const time = iso => formats().time.format(new Date(iso));

/** Return a stamp as the time of day, with the day if it is not today. */
export function clock(iso) {
  if (!iso) return '';
  const at = new Date(iso),
    today = now(),
    { same, near, far } = formats();
  if (same.format(at) === same.format(today)) return time(iso);
  return `${(Math.abs(at.getTime() - today) < 6 * 86_400_000 ? near : far).format(at)} ${time(iso)}`;
}

/** Return the name of the zone if this machine's clock shows another time of day, else "". */
export function otherZone() {
  const { time: there, same, name } = formats(),
    at = now();
  return [there, same].every((format, n) => format.format(at) === OWN[n].format(at)) ? '' : name;
}
