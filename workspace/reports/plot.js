// @ts-check
// The picture of a report: a bar for each row with a part for each column that the report names; intervals stand side by side.
import { html, nothing, svg } from '../vendor/lit-html.js';
import { written } from '../pages/written.js';
import { words } from '../words.js';

// The colour of a part: what it says of the work. The legend has them in the same order as the bars.
const TONES = {
  answered: 'good',
  talk: 'good',
  taken: 'good',
  kept: 'good',
  calls: 'good',
  warm: 'good',
  abandoned: 'bad',
  missed: 'bad',
  failed: 'bad',
  elsewhere: 'rest',
  wait: 'rest',
  hold: 'slow',
  late: 'slow',
  refused: 'slow',
  blind: 'more',
  wrap_up: 'more',
  fallback: 'more',
  due: 'calm',
  pause: 'calm',
  to_closers: 'calm',
};
const MOST = 40,
  TICKS = 6,
  WIDE = 1000,
  HIGH = 100;

/** Draw the picture, unless the report has none, is too long for one, or has nothing but zeros. The table has the same figures, for screen readers too. */
export function plot(kind, answer) {
  const parts = kind.plot.map(name => ({
      ...kind.columns.find(one => one.name === name),
      tone: `tone-${TONES[name.replace(/_ms$/, '')] ?? 'rest'}`,
    })),
    stands = kind.columns[0].form === 'time';
  const sums = answer.rows.map(row => parts.reduce((sum, { name }) => sum + row[name], 0)),
    most = Math.max(...sums, 0);
  if (!most || (!stands && sums.length > MOST)) return nothing;
  const shown = (row, column) => written(column, row[column.name], answer.timezone);
  return html`<figure class="card plot-card" aria-hidden="true"><figcaption><h2>${words.reports.picture}</h2><p class="legend">${parts.map(one => html`<span class=${one.tone}>${one.head}</span>`)}</p></figcaption>
    ${stands ? standing(answer, parts, most, shown) : lying(kind, answer, parts, sums, most, shown)}</figure>`;
}

const told = (name, row, parts, shown) => `${name}: ${parts.map(one => `${one.head} ${shown(row, one)}`).join(', ')}`;

/** Draw a row for each name: the name, the bar and its sum. */
function lying(kind, answer, parts, sums, most, shown) {
  return html`<ul class="bars">${answer.rows.map((row, n) => {
    const name = nameOf(kind, row, answer.timezone);
    let x = 0;
    return html`<li><span class="name">${name}</span><svg viewBox="0 0 ${WIDE} 10" preserveAspectRatio="none"><title>${told(name, row, parts, shown)}</title>${parts.map(
      one => {
        const from = x,
          width = (row[one.name] / most) * WIDE;
        x += width;
        return width ? svg`<rect class=${one.tone} x=${from} width=${width} y="0" height="10"></rect>` : nothing;
      },
    )}</svg><b>${written(parts[0], sums[n], answer.timezone)}</b></li>`;
  })}</ul>`;
}

/** Return the name of a row: its name, or its keys. */
export function nameOf(kind, row, zone) {
  const keys = kind.columns.filter(
    one =>
      !one.spare && one.form !== 'count' && !one.name.endsWith('_ms') && ['key', 'text', 'time'].includes(one.form),
  );
  return row.name || keys.map(one => written(one, row[one.name], zone) || words.reports.none).join(' · ');
}

/** Draw a column for each interval, with a scale at the left and some times below. */
function standing(answer, parts, most, shown) {
  const { rows, timezone } = answer,
    top = scale(most),
    ticks = Math.min(TICKS, rows.length);
  const time = row => written({ form: 'time' }, row.begins, timezone);
  return html`<div class="standing"><p class="scale"><span>${top}</span><span>${top % 2 ? nothing : top / 2}</span><span>0</span></p>
    <svg viewBox="0 0 ${rows.length * 10} ${HIGH}" preserveAspectRatio="none">${[0, HIGH / 2].map(y => svg`<line class="grid" x1="0" x2=${rows.length * 10} y1=${y} y2=${y}></line>`)}
    ${rows.map((row, n) => {
      let y = HIGH;
      return svg`<g><title>${told(time(row), row, parts, shown)}</title>${parts.map(one => {
        const height = (row[one.name] / top) * HIGH;
        y -= height;
        return height
          ? svg`<rect class=${one.tone} x=${n * 10 + 1.5} width="7" y=${y} height=${height}></rect>`
          : nothing;
      })}</g>`;
    })}</svg>
    <p class="ticks">${Array.from({ length: ticks }, (_, n) => html`<span>${tick(rows, Math.floor((n * rows.length) / ticks), time)}</span>`)}</p></div>`;
}

/** Return the text of a tick: the time of day, or the day if the intervals are days. */
function tick(rows, n, time) {
  const [day, clock] = time(rows[n]).split(' ');
  return rows.length > 1 && Date.parse(rows[1].begins) - Date.parse(rows[0].begins) > 40_000_000 ? day.slice(5) : clock;
}

/** Return the round number at the top of the scale. */
function scale(most) {
  const unit = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 4, 6, 8, 10].map(n => n * unit).find(one => one >= most);
}
