// @ts-check
// Who hears whom in a live call, as a picture: each arrow is sound, and its head is at the party that hears. The table below says the same in words.
import { html, svg } from '../vendor/lit-html.js';
import { words } from '../words.js';

const O = words.overview,
  R = 13,
  GAP = 5,
  HEAD = 7;
const PLACES = { customer: [60, 34], third: [240, 34], agent: [150, 84], supervisor: [240, 84] }; // in a field of 300 by 114
const UPPER = { customer: true, third: true }; // their names are above them
const ABOVE = -R - 5,
  BELOW = R + 13; // of a name, from the middle of its circle

/** Return an arrow between the circles of two parties; `heads` says at which ends someone hears. */
function arrow(from, to, heads) {
  const [x, y] = PLACES[from],
    [u, v] = PLACES[to],
    long = Math.hypot(u - x, v - y),
    dx = (u - x) / long,
    dy = (v - y) / long;
  const at = [x + dx * (R + GAP), y + dy * (R + GAP)],
    end = [u - dx * (R + GAP), v - dy * (R + GAP)];
  return svg`<line x1=${at[0]} y1=${at[1]} x2=${end[0]} y2=${end[1]}></line>${heads.to ? head(end, dx, dy) : ''}${heads.from ? head(at, -dx, -dy) : ''}`;
}

/** @param {number[]} point */
const head = ([x, y], dx, dy) =>
  svg`<polygon points="${x},${y} ${x - HEAD * dx + HEAD * dy * 0.6},${y - HEAD * dy - HEAD * dx * 0.6} ${x - HEAD * dx - HEAD * dy * 0.6},${y - HEAD * dy + HEAD * dx * 0.6}"></polygon>`;

const party =
  one => svg`<g class="${one.party} ${one.hears.length || one.music || one.dialplan ? '' : 'deaf'}"><circle cx=${PLACES[one.party][0]} cy=${PLACES[one.party][1]} r=${R}></circle>
  <text x=${PLACES[one.party][0]} y=${PLACES[one.party][1] + (one.party in UPPER ? ABOVE : BELOW)}>${one.party === 'agent' ? O.agent : words.parties[one.party]}</text>${one.music || one.dialplan ? svg`<text class="music" x=${PLACES[one.party][0]} y=${PLACES[one.party][1] + 5}>${one.music ? '♪' : '⚙'}</text>` : ''}</g>`;

/** Draw the parties of a call, and arrows for what they hear. */
export function hearingPicture(rows) {
  const known = rows.filter(one => one.party in PLACES),
    hears = (one, other) => one.hears.includes(other.party);
  const pairs = known
    .flatMap((one, n) => known.slice(n + 1).map(other => [one, other]))
    .filter(([one, other]) => hears(one, other) || hears(other, one));
  return html`<svg class="hearing-picture" viewBox="0 0 300 114" aria-hidden="true">${pairs.map(([one, other]) => arrow(one.party, other.party, { to: hears(other, one), from: hears(one, other) }))}${known.map(party)}</svg>`;
}
