// @ts-check
// The picture of a call: a lane of time for each party. A part's look says where the party was; the table of steps has the same in words.
import { html, svg } from '../vendor/lit-html.js';
import { written } from '../pages/written.js';
import { words } from '../words.js';

const P = words.past,
  WIDE = 1000,
  FILES = 'file',
  NARROWEST = 3,
  MOST_TICKS = 5;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400]; // seconds between two times below the lanes
const length = ms => written({ form: 'length' }, ms);
const kindOf = lane => (lane.startsWith('agent ') ? 'agent' : lane);

/** Return the parts of a lane: its places, or for the lane of the files each recording. */
const partsOf = (call, lane) =>
  lane === FILES
    ? call.recordings
        .filter(one => one.start_ms !== null)
        .map(one => ({ start_ms: one.start_ms, end_ms: one.end_ms ?? call.length_ms, place: 'file', text: one.reason }))
    : call.parts.filter(one => one.lane === lane).map(one => ({ ...one, text: P.places[one.place] ?? one.place }));

/** Draw the lanes, with times below. */
function draw(call, name) {
  const whole = Math.max(call.length_ms, 1000),
    x = ms => Math.min(Math.max(ms / whole, 0), 1) * WIDE;
  return html`<div class="lanes" aria-hidden="true">${call.lanes.map(
    lane =>
      html`<span class="lane-name">${name(lane)}</span>
    <svg viewBox="0 0 ${WIDE} 20" preserveAspectRatio="none">${ticks(whole).map(at => svg`<line class="guide" x1=${x(at)} x2=${x(at)} y1="0" y2="20"></line>`)}${partsOf(
      call,
      lane,
    ).map(
      one =>
        svg`<rect class="${kindOf(lane)} ${one.place}" x=${x(one.start_ms)} width=${Math.max(x(one.end_ms) - x(one.start_ms), NARROWEST)} y="2" height="16"><title>${one.text}, ${length(one.start_ms)} – ${length(one.end_ms)}</title></rect>`,
    )}</svg>`,
  )}
    <span></span><svg class="axis" height="16">${ticks(whole).map(at => svg`<text x="${x(at) / 10}%" y="12" text-anchor=${at ? (x(at) > 950 ? 'end' : 'middle') : 'start'}>${length(at)}</text>`)}</svg></div>`;
}

/** Return round times from the beginning to the end, in milliseconds. */
function ticks(whole) {
  const step = 1000 * (STEPS.find(one => whole / 1000 / one < MOST_TICKS) ?? STEPS.at(-1));
  return Array.from({ length: Math.floor(whole / step) + 1 }, (_, n) => n * step);
}

/** Draw what the looks mean, as far as the call has them. */
function legend(call) {
  const places = [...new Set(call.parts.map(one => one.place))].filter(one => P.places[one]);
  return html`<p class="lane-legend" aria-hidden="true">${places.map(one => html`<span><svg viewBox="0 0 20 12"><rect class="agent ${one}" x="1" y="1" width="18" height="10"></rect></svg>${P.places[one]}</span>`)}</p>`;
}

export const lanes = { draw, legend };
