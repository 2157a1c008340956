// @ts-check
// The list of all keys with their meaning, which `?` opens and closes.
import { html } from '../vendor/lit-html.js';
import { change, local } from '../state.js';
import { KEY_LIST, keySetting } from '../keys.js';
import { words } from '../words.js';
import { drawn, shown } from './buttons.js';

const L = words.keyList;
const close = () => change({ dialog: '' });

/** Draw the button in the line at the bottom. A phone has room for its key alone. */
export const keyListButton = () =>
  drawn({
    id: KEY_LIST,
    key: '?',
    label: L.title,
    spoken: L.title,
    kind: 'quiet',
    opens: String(local.dialog === KEY_LIST),
    run: () => change({ dialog: local.dialog === KEY_LIST ? '' : KEY_LIST }),
  });

/** Draw the list of a page, `agent` or `overview`. */
export const keyList = page =>
  html`<section class="drop panel key-list" data-panel role="dialog" aria-label=${L.title}>
  <div class="panel-head"><h2>${L.title}</h2><button type="button" class="quiet" id="do-close" data-first @click=${close}>${L.close} <kbd aria-hidden="true">Esc</kbd></button></div>
  <p class="soft">${L.how[keySetting()]}</p>
  <div class="key-groups">${L[page].map(
    group =>
      html`<div><h3>${group.title}</h3><dl>${Object.entries(group.keys).map(
        ([keys, meaning]) =>
          html`<div>
    <dt>${keys.split(' ').map(key => html`<kbd>${shown(key)}</kbd>`)}</dt><dd>${meaning}</dd></div>`,
      )}</dl></div>`,
  )}</div></section>`;

/** Return whether the list is open. */
export const isKeyListOpen = () => local.dialog === KEY_LIST;
