// @ts-check
// The command that does the same as a page, ready to copy.
import { html } from '../vendor/lit-html.js';
import { change } from '../state.js';
import { words } from '../words.js';

const M = words.menu;
let said = { of: '', text: '' }; // what became of the last copy

/** Return a word as a shell reads it. */
export const quoted = text => (/^[\w.,:@%+=/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** Return a command of words and pairs; an empty value leaves its option out. */
export const line = (start, options) =>
  [
    ...start,
    ...Object.entries(options)
      .filter(([, value]) => value)
      .map(([name, value]) => `${name}${name.startsWith('--') ? ' ' : '='}${quoted(value)}`),
  ].join(' ');

/** Draw the command. */
export const commandCard = text =>
  html`<section class="card command" aria-label=${M.command}><h2>${M.command}</h2><code id="command" tabindex="0" role="group" aria-label=${M.command}>${text}</code>
  <button type="button" class="small" id="do-copy" data-key="c" aria-keyshortcuts="c" @click=${() => copy('command')}>${M.copy} <kbd aria-hidden="true">C</kbd></button><span role="status">${said.of === 'command' ? said.text : ''}</span></section>`;

/** Draw a text to copy within a page: a command, or a password. */
export const copied = (id, text, name) =>
  html`<span class="to-copy"><code id=${id}>${text}</code><button type="button" class="small" id="copy-${id}" aria-label=${`${M.copy}: ${name}`} @click=${() => copy(id)}>${M.copy}</button><span role="status">${said.of === id ? said.text : ''}</span></span>`;

/** Take back what was said of a former command. */
export function forgetCopied() {
  said = { of: '', text: '' };
}

/** Copy the command. A page that is not served by HTTPS copies what is selected. */
async function copy(id) {
  const code = document.getElementById(id);
  getSelection().selectAllChildren(code);
  let text;
  try {
    await navigator.clipboard.writeText(code.textContent);
    text = M.copied;
  } catch {
    text = document.execCommand('copy') ? M.copied : M.selected;
  }
  said = { of: id, text };
  change();
}
