// Times as people read them. Every timer is a stamp of the server and the server's clock.
import { now } from './state.js';

const two = n => String(n).padStart(2, '0');

/** Return a length in milliseconds as 0:07, 12:34 or 1:02:03. */
export function span(ms) {
  const s = Math.max(0, Math.floor(ms / 1000)), h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
  return h ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
}

/** Return how long ago a stamp was. */
export const since = iso => iso ? span(now() - Date.parse(iso)) : '';

/** Return how long it is until a stamp. */
export const until = iso => iso ? span(Date.parse(iso) - now() + 999) : '';

/** Return the date of a stamp, with the day of the week. */
export const date = iso => new Date(iso).toLocaleDateString(document.documentElement.lang, { weekday: 'short', day: 'numeric', month: 'short' });

/** Return the time of day of a stamp. */
export function time(iso) {
  const at = new Date(iso);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Return a stamp as the time of day, with the day if it is not today. */
export function clock(iso) {
  if (!iso) return '';
  const at = new Date(iso), today = new Date(now());
  if (at.toDateString() === today.toDateString()) return time(iso);
  const near = Math.abs(at - today) < 6 * 86_400_000;
  const day = at.toLocaleDateString(document.documentElement.lang, near ? { weekday: 'short' } : { day: 'numeric', month: 'short' });
  return `${day} ${time(iso)}`;
}
