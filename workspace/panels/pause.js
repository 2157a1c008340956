// @ts-check
// The panel of pause codes: one digit pauses.
import { html, nothing } from '../vendor/lit-html.js';
import { change, local, screen, stage } from '../state.js';
import { give } from '../commands.js';
import { words } from '../words.js';

/** Draw the panel under the line at the top. */
export function pausePanel() {
  if (local.dialog !== 'pause') return nothing;
  const codes = screen.pause_codes ?? [];
  return html`<section class="drop panel" data-panel aria-label=${words.pause.title}>
    <div class="panel-head"><h2>${words.pause.title}</h2><button type="button" class="quiet" id="do-close" @click=${() => change({ dialog: '' })}>${words.buttons.cancel} <kbd aria-hidden="true">Esc</kbd></button></div>
    <div class="choices">${codes.map((one, n) => choice(n + 1, one.pause_code_name || one.pause_code, one.pause_code))}${choice(0, words.pause.none, '')}</div>
    ${stage() === 'idle' ? nothing : html`<p class="soft">${words.pause.after}</p>`}</section>`;
}

const choice = (digit, label, code) =>
  html`<button type="button" id="pause-${digit}" ?data-first=${digit === (screen.pause_codes?.length ? 1 : 0)} data-key=${digit < 10 ? digit : nothing}
  @click=${() => pause(code)}><span>${label}</span>${digit < 10 ? html` <kbd aria-hidden="true">${digit}</kbd>` : nothing}</button>`;

async function pause(code) {
  const answer = await give(words.buttons.pause, 'pause', code ? { pause_code: code } : {});
  if (answer?.ok && local.dialog === 'pause') change({ dialog: '' }); // another panel may be open by now
}
