// @ts-check
// The line at the bottom: what the last commands did, and how long the slow ones took.
import { html, nothing } from '../vendor/lit-html.js';
import { repeat } from '../vendor/directives/repeat.js';
import { link, local, screen } from '../state.js';
import { words } from '../words.js';
import { keyListButton } from './key_list.js';

const SLOW = 1000; // milliseconds of an answer that an agent has noticed

/** Draw the commands that the server has not stored. */
export const unstored = () =>
  html`<div class="unstored" role="status" ?hidden=${!local.unstored.length}>${local.unstored.map(one => html`<p>${words.unstored[one.state](one.what, one.why)}</p>`)}</div>`;

/** Return the text of a line; a whole sentence says itself what it is about. */
const said = line => (line.whole ? line.text : `${line.label}: ${line.text}`);

/** Draw the line at the bottom. A screen reader says only what is new in it: each command keeps its element. */
export const receipts = () =>
  html`<footer class="receipts"><div class="told" role="status" aria-atomic="false" aria-label=${words.landmarks.receipts}>
  ${local.busy ? html`<span class="asked">${words.asked(local.busy.label)}</span>` : nothing}
  ${repeat(
    local.told,
    one => one.place,
    one =>
      html`<span class=${one.ok ? 'ok' : 'bad'} title=${said(one)}>${said(one)}${one.ms >= SLOW ? html` <small>${words.took(one.ms)}</small>` : nothing}</span>`,
  )}</div>
  <span class="grow"></span>${screen.server?.storage?.spilled ? html`<span class="late">${words.storage.quiet}</span>` : nothing}<span class="link-state ${link()}">${words.link[link()] ?? ''}</span>${keyListButton()}</footer>`;
