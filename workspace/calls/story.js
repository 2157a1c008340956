// @ts-check
// The story of one call: who was where in lanes of time, who heard whom, the recordings with their rules, and each step.
import { html, nothing } from '../vendor/lit-html.js';
import { moment, written } from '../pages/written.js';
import { local } from '../state.js';
import { words } from '../words.js';
import { groupName } from '../words/group_name.js';
import { comments } from './comments.js';
import { lanes } from './lanes.js';

const P = words.past,
  AGENT = 'agent ';
const length = ms => written({ form: 'length' }, ms);

/** Return the name of a lane: that of the agent, or the word for the party. */
function laneName(lane, names) {
  if (!lane.startsWith(AGENT)) return P.lanes[lane] ?? lane;
  const user = lane.slice(AGENT.length);
  return names[user] ? `${names[user]} ${user}` : P.lane(user);
}

/** Draw the story. `follow` reads it again. */
export function story(call, follow) {
  const name = lane => laneName(lane, call.names),
    { call: row } = call;
  return html`<div class="story-head"><h2>${P.call(row?.number || P.untitled)}</h2><p class="soft">${moment(call.began, local.user.timezone)}, ${length(call.length_ms)}</p></div>
    ${row ? facts(row) : nothing}
    <section class="card lanes-card" aria-label=${P.picture}><div class="card-head"><h2>${P.picture}</h2>${lanes.legend(call)}</div>${lanes.draw(call, name)}
      ${call.talks.length ? html`<h3>${P.heard}</h3><ul class="talks">${call.talks.map(one => html`<li><span>${length(one.start_ms)} – ${length(one.end_ms)}</span> ${P.hears(one.lanes.map(name), one.muted.map(name), one.listeners)}</li>`)}</ul>` : nothing}</section>
    ${recordings(call)}${comments(call, follow)}
    <section class="card table-card" aria-label=${P.steps}><div class="card-head"><h2>${P.steps}</h2></div><div class="scroll" tabindex="0" role="group" aria-label=${P.steps}><table class="list steps"><caption class="unseen">${P.steps}</caption>
      <thead><tr><th scope="col" class="number">${P.at}</th><th scope="col">${P.party}</th><th scope="col">${P.step}</th></tr></thead>
      <tbody>${call.steps.map(one => html`<tr><th scope="row" class="number">${exact(one.ms)}</th><td>${one.lane ? name(one.lane) : P.everyone}</td><td class="words">${one.text}</td></tr>`)}</tbody></table></div></section>`;
}

const exact = ms => `${length(Math.floor(ms / 1000) * 1000)}.${String(Math.floor(ms) % 1000).padStart(3, '0')}`;

const facts = row =>
  html`<dl class="facts">${[
    [P.queue, groupName(row)],
    [P.agent, row.full_name || row.agent],
    [P.waited, row.waited_ms === null ? '' : length(row.waited_ms)],
    [P.talked, row.length_ms ? length(row.length_ms) : ''],
    [P.outcome, P.outcomes[row.outcome] ?? row.outcome],
    [P.code, row.code],
    [P.dialled, row.dialled],
    [P.ended, row.ended_by],
  ]
    .filter(([, text]) => text)
    .map(([head, text]) => html`<div><dt>${head}</dt><dd>${text}</dd></div>`)}</dl>`;

const mayHear = () => (local.user.rights['recordings:read'] ?? 'none') !== 'none';

/** Draw the recordings, each with the rule that started it. They play here, from any place in them. */
const recordings = call =>
  html`<section class="card files-card" aria-label=${P.files}><div class="card-head"><h2>${P.files}</h2></div>${
    call.recordings.length
      ? html`<ul>${call.recordings.map(
          one =>
            html`<li>
  <p><b>${P.rule(one.reason, one.agent)}</b> <span class="soft">${one.start_ms === null ? '' : `${length(one.start_ms)} – ${one.end_ms === null ? '…' : length(one.end_ms)}`}</span></p>
  ${one.status === 'kept' && mayHear() ? html`<audio controls preload="none" aria-label=${P.listen(one.reason)} src=${`../api/v1/recordings/${encodeURIComponent(one.id)}`}></audio>` : one.status === 'kept' ? nothing : html`<p class="soft">${P.noFile(one.cause ? `${one.status}, ${one.cause}` : one.status)}</p>`}
  ${one.status === 'kept' && one.cause ? html`<p class="soft">${one.cause}</p>` : nothing}</li>`,
        )}</ul>`
      : html`<p class="empty">${P.noFiles}</p>`
  }</section>`;
