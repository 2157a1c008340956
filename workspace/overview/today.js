// @ts-check
// The calls of the day by half hour: a plot, and a table with the same figures for screen readers.
import { html, nothing, svg } from '../vendor/lit-html.js';
import { overview } from '../state.js';
import { time } from '../times.js';
import { words } from '../words.js';

const O = words.overview;
const HEIGHT = 116,
  BASE = 98,
  TOP = 8,
  LEFT = 26,
  FEWEST = 16,
  HOUR = 31,
  HALF_HOUR = 1_800_000;
// HOUR is the room of the text of an hour.
const PARTS = ['answered', 'elsewhere', 'abandoned']; // from the bottom to the top

/** Draw the plot; `width` is its width where its height is 116. */
export function today(width = 480) {
  const rows = overview.today?.intervals ?? [];
  return html`<section class="card today-plot" aria-label=${O.today}><div class="card-head"><h2>${O.todayBy}</h2>${legend()}</div>
    ${rows.length ? html`${plot(rows, width)}${table(rows)}` : html`<p class="empty">${overview.today ? O.noToday : O.unread}</p>`}</section>`;
}

const legend = () => html`<p class="legend">${PARTS.map(one => html`<span class=${one}>${O[one]}</span>`)}</p>`;

function plot(rows, width) {
  const slots = Math.max(rows.length, FEWEST),
    step = (width - LEFT) / slots,
    most = scale(Math.max(...rows.map(one => one.offered), 1));
  const y = count => BASE - (count / most) * (BASE - TOP);
  return html`<svg class="plot" viewBox="0 0 ${width} ${HEIGHT}" aria-hidden="true">
    <defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-back" width="5" height="5"></rect><rect class="hatch-line" width="2" height="5"></rect></pattern></defs>
    ${[0, most / 2, most].map(count => svg`<line class="grid" x1=${LEFT} x2=${width} y1=${y(count)} y2=${y(count)}></line><text class="tick" x=${LEFT - 5} y=${y(count) + 3} text-anchor="end">${Number.isInteger(count) ? count : nothing}</text>`)}
    ${rows.map((one, n) => bar(one, LEFT + n * step, step, y))}
    ${hours(rows, slots).map(([n, text]) => svg`<text class="tick" x=${Math.min(LEFT + n * step + 1, width - HOUR)} y=${HEIGHT - 4}>${text}</text>`)}</svg>`;
}

function bar(one, x, step, y) {
  let below = 0;
  return svg`<g><title>${time(one.begins)}: ${PARTS.map(part => `${O[part]} ${one[part]}`).join(', ')}</title>${PARTS.map(
    part => {
      const from = y(below),
        to = y((below += one[part]));
      return one[part]
        ? svg`<rect class=${part} x=${x + step * 0.14} width=${step * 0.72} y=${to} height=${from - to}></rect>`
        : nothing;
    },
  )}</g>`;
}

/** Return the round number at the top of the scale. */
function scale(most) {
  const unit = 10 ** Math.floor(Math.log10(most));
  return [2, 4, 6, 8, 10].map(n => n * unit).find(one => one >= most);
}

/** Return the marks of the time: the place and the text of full hours, at most eight. */
function hours(rows, slots) {
  const every = Math.ceil(slots / 2 / 8) * 2,
    begin = Date.parse(rows[0].begins),
    shift = (begin / HALF_HOUR) % 2;
  return Array.from({ length: slots }, (_, n) => n)
    .filter(n => (n + shift) % every === 0)
    .map(n => [n, time(begin + n * HALF_HOUR)]);
}

const table = rows =>
  html`<div class="unseen"><table><caption>${O.todayBy}</caption><thead><tr><th scope="col">${O.from}</th><th scope="col">${O.offered}</th>${PARTS.map(one => html`<th scope="col">${O[one]}</th>`)}</tr></thead>
  <tbody>${rows.map(one => html`<tr><th scope="row">${time(one.begins)}</th><td>${one.offered}</td>${PARTS.map(part => html`<td>${one[part]}</td>`)}</tr>`)}</tbody></table></div>`;
