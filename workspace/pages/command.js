// The command that does the same as a page, ready to copy.
import { html } from '../vendor/lit-html.js';
import { change } from '../state.js';
import { words } from '../words.js';

const M = words.menu;
let said = '';

/** Return a word as a shell reads it. */
export const quoted = text => /^[\w.,:@%+=/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** Draw the command. */
export const commandCard = text => html`<section class="card command" aria-label=${M.command}><h2>${M.command}</h2><code id="command" tabindex="0" role="group" aria-label=${M.command}>${text}</code>
  <button type="button" class="small" id="do-copy" data-key="c" aria-keyshortcuts="c" @click=${copy}>${M.copy} <kbd aria-hidden="true">C</kbd></button><span role="status">${said}</span></section>`;

/** Take back what was said of a former command. */
export function forgetCopied() { said = ''; }

/** Copy the command. A page that is not served by HTTPS copies what is selected. */
async function copy() {
  const code = document.getElementById('command');
  getSelection().selectAllChildren(code);
  try { await navigator.clipboard.writeText(code.textContent); said = M.copied; } catch { said = document.execCommand('copy') ? M.copied : M.selected; }
  change();
}
