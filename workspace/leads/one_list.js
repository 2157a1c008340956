// @ts-check
// One list of leads: how many there are by status, why some are not dialled, the upload, and the reset.
import { html, nothing } from '../vendor/lit-html.js';
import { copied, quoted } from '../pages/command.js';
import { moment } from '../pages/written.js';
import { api, reason, request } from '../requests.js';
import { change, local } from '../state.js';
import { words } from '../words.js';
import { changeForm } from './change_form.js';
import { exportForm } from './export_form.js';
import { uploadForm } from './upload_form.js';

const L = words.leadLists,
  PATIENCE = 20_000;
const now = { of: '', sure: false, busy: false, said: '', fault: '' };

/** Return the fields that a column can become: those of every lead, and those of the list. */
const fieldsOf = entry => [
  ...Object.entries(words.fields).filter(([id]) => id !== 'gmt_offset_now'),
  ...(entry?.options.custom_fields ?? []).map(name => [name, name]),
];

async function reset(name, then) {
  if (now.busy) return;
  Object.assign(now, { busy: true, sure: false, said: '', fault: '' });
  change();
  let count = 0,
    after = 0;
  while (after !== null) {
    const answer = await request(
      'POST',
      api(`lists/${encodeURIComponent(name)}/reset?after=${after}`),
      undefined,
      {},
      PATIENCE,
    );
    if (!answer.ok) {
      now.fault = answer.unknown ? words.unknown : reason(answer);
      break;
    }
    count += answer.body.leads;
    ({ after } = answer.body);
  }
  Object.assign(now, { busy: false, said: L.wasReset(count) });
  then();
  change();
}

/** Draw the ways on: to the options of the list, and to the campaign that dials it. */
const waysOn = (name, entry) =>
  html`<p class="acts"><a class="button" id="go-settings" href=${`config.html?kind=list&name=${encodeURIComponent(name)}`}>${L.settings}</a>${
    entry.options.campaign
      ? html`<a class="button" id="go-campaign" href=${`config.html?kind=campaign&name=${encodeURIComponent(entry.options.campaign)}`}>${L.dialIt(entry.options.campaign)}</a>`
      : html`<span class="notice">${L.noCampaign}</span>`
  }</p>`;

/** Draw the list by its entry and its counts, which come later: those of a long list take seconds. `then` reads it again. */
export function oneList(name, { entry, counts, why }, then) {
  if (now.of !== name) Object.assign(now, { of: name, sure: false, busy: false, said: '', fault: '' });
  return html`<div class="head"><h2>${entry?.options.list_name ? `${entry.options.list_name} ` : ''}<span class="soft">${name}</span></h2>${entry ? waysOn(name, entry) : nothing}</div>
    ${
      counts
        ? html`<dl class="facts">${[
            [words.filters.campaign, counts.campaign],
            [L.leads, L.number(counts.leads)],
            [L.called, L.number(counts.called)],
            [L.sinceReset, L.number(counts.called_since_reset)],
            [L.penetration, `${counts.penetration.toFixed(1)} %`],
            [L.nextReset, counts.next_reset ? moment(counts.next_reset, local.user.timezone) : ''],
          ]
            .filter(([, text]) => text !== '')
            .map(([head, text]) => html`<div><dt>${head}</dt><dd>${text}</dd></div>`)}</dl>`
        : nothing
    }
    ${counts || why ? nothing : html`<p class="soft" id="counting" role="status">${L.counting}</p>`}
    ${counts && !counts.leads ? html`<p class="notice">${L.noLeads}</p>` : nothing}
    ${uploadForm(name, fieldsOf(entry), then)}
    ${
      counts?.leads
        ? html`<div class="two"><div>${table(
            L.byStatus,
            [L.status, L.calls, L.leads],
            byStatus(counts).map(one => [one.status, one.called_count, L.number(one.leads)]),
          )}
      ${table(
        L.byZone,
        [L.zones, L.leads],
        counts.zones.map(one => [one.time_zones.replaceAll('|', ', ') || L.noZone, L.number(one.leads)]),
      )}</div>
      ${table(
        L.dialledNow,
        [L.which, L.why, L.leads],
        counts.now.map(one => [
          L.sources[one.source] ?? one.source,
          one.why ? (one.until ? L.until(one.why, moment(one.until, local.user.timezone)) : one.why) : L.mayDial,
          L.number(one.leads),
        ]),
      )}</div>
    ${changeForm(name, then)}
    ${exportForm(name, counts.leads)}
    <section class="card upload" aria-label=${L.again}><h2>${L.again}</h2><p class="soft">${L.againText}</p><p class="bad" role="alert">${now.fault}</p><p role="status" class="said">${now.said}</p>
      <p class="acts">${
        now.sure
          ? html`<button type="button" class="stop" id="really-reset" @click=${() => reset(name, then)}>${L.reallyReset(L.number(counts.leads))}</button><button type="button" id="not-reset" @click=${() => {
              now.sure = false;
              change();
            }}>${words.buttons.cancel}</button>`
          : html`<button type="button" id="do-reset" aria-disabled=${now.busy ? 'true' : 'false'} @click=${() => {
              now.sure = true;
              change();
            }}>${L.reset}</button>`
      }${copied('reset-command', `warmline list reset ${quoted(name)}`, words.menu.command)}</p></section>`
        : nothing
    }`;
}

const byStatus = counts => [...counts.statuses].sort((a, b) => b.leads - a.leads);

const table = (title, heads, rows) =>
  html`<section class="card table-card" aria-label=${title}><div class="card-head"><h2>${title}</h2></div>${
    rows.length
      ? html`<div class="scroll" tabindex="0" role="group" aria-label=${title}><table class="list"><caption class="unseen">${title}</caption><thead><tr>${heads.map((one, n) => html`<th scope="col" class=${n === heads.length - 1 ? 'number' : ''}>${one}</th>`)}</tr></thead>
  <tbody>${rows.map(cells => html`<tr><th scope="row">${cells[0]}</th>${cells.slice(1).map((one, n) => html`<td class=${n === cells.length - 2 ? 'number' : 'words'}>${one}</td>`)}</tr>`)}</tbody></table></div>`
      : html`<p class="empty">${words.history.none}</p>`
  }</section>`;
