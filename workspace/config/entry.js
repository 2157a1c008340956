// @ts-check
// The form of one entry, made from the server's table of options. What is typed stays while the page is open.
import { html, nothing } from '../vendor/lit-html.js';
import { mayChange } from '../pages/undo.js';
import { change } from '../state.js';
import { words } from '../words.js';
import { field } from './inputs.js';
import { compare, faultOf, outdated, planCard } from './plan.js';
import { SECRETS, asText, readable } from './texts.js';

const C = words.config;
const drafts = new Map(); // what is typed, by kind and name
const view = { find: '', apart: false, name: '' };

const keyOf = (kind, name) => `${kind.kind} ${name}`;
const draftOf = (kind, name) => drafts.get(keyOf(kind, name)) ?? {};

/** Show all options of the entry that is opened. */
export function openEntry() {
  Object.assign(view, { find: '', apart: false, name: '' });
}

/** Begin a new entry with the options that another page gave, such as the report that is to be sent. What is typed already stays. */
export function beginWith(kind, given) {
  const known = new Set(kind.options.map(one => one.name));
  const options = [...new URLSearchParams(given)].filter(([name]) => known.has(name));
  if (options.length) drafts.set(keyOf(kind, ''), { ...Object.fromEntries(options), ...draftOf(kind, '') });
}

/** Return whether something is typed that is not applied. */
export const isTyped = () => [...drafts.values()].some(one => Object.keys(one).length);

/** Forget what was typed for an entry. */
export function forgetDraft(kind, name) {
  drafts.delete(keyOf(kind, name));
  view.name = '';
}

/** Return the stored texts: for a new entry, the defaults. */
const storedOf = (kind, entry) =>
  Object.fromEntries(
    kind.options.map(one => [
      one.name,
      entry ? asText(entry.options[one.name]) : SECRETS.includes(one.type.type) ? '' : asText(one.default),
    ]),
  );

function set(kind, name, stored, option, text) {
  const draft = { ...draftOf(kind, name), [option]: text };
  if (text === stored[option]) delete draft[option];
  drafts.set(keyOf(kind, name), draft);
  outdated();
  change();
}

/** Draw the form. `then` is called after a change, with what was done. */
export function entryForm(kind, name, entry, names, then) {
  const stored = storedOf(kind, entry),
    draft = draftOf(kind, name),
    may = mayChange([kind.kind]),
    sections = [...new Set(kind.options.map(one => one.section))],
    count = Object.keys(draft).length;
  const shown = option => fits(option, draft[option.name] ?? stored[option.name]);
  const rows = option =>
    field(option, {
      value: draft[option.name] ?? stored[option.name],
      stored: stored[option.name],
      isNew: !entry,
      names,
      may,
      why: faultOf(option.name),
      set: text => set(kind, name, stored, option.name, text),
    });
  const found = kind.options.filter(shown);
  return html`<form class="entry" aria-label=${name || C.newOf(C.kinds[kind.kind] ?? kind.kind)} @submit=${event => {
    event.preventDefault();
    show(kind, name, entry, draft);
  }}>
    ${
      entry
        ? nothing
        : html`<div class="option"><label for="new-name">${C.name} <b>${C.required}</b></label><div class="value"><input id="new-name" required autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="names" .value=${view.name} @input=${event => {
            view.name = event.target.value.trim();
            outdated();
            change();
          }}></div><p class="meaning" id="names">${kind.names.allowed}</p></div>`
    }
    ${
      kind.options.length > 8
        ? html`<div class="filters finder"><div><label for="find">${C.find} <kbd aria-hidden="true">F</kbd></label><input id="find" data-key="f" aria-keyshortcuts="f" type="search" autocomplete="off" spellcheck="false" .value=${view.find} @input=${event => {
            view.find = event.target.value;
            change();
          }}></div>
      <label class="check"><input type="checkbox" id="apart" data-key="a" aria-keyshortcuts="a" .checked=${view.apart} @change=${event => {
        view.apart = event.target.checked;
        change();
      }}> ${C.apart} <kbd aria-hidden="true">A</kbd></label><span class="soft" role="status">${found.length === kind.options.length ? '' : C.fits(found.length, kind.options.length)}</span></div>`
        : nothing
    }
    ${sections.map(section => {
      const own = found.filter(one => one.section === section);
      return own.length
        ? section
          ? html`<fieldset class="card"><legend>${section}</legend>${own.map(rows)}</fieldset>`
          : html`<div class="card plain">${own.map(rows)}</div>`
        : nothing;
    })}
    ${kind.options.length ? nothing : html`<p class="soft">${C.noOptions}</p>`}
    ${
      may
        ? html`<div class="foot"><button class="main" id="do-compare" aria-disabled=${count || !entry ? 'false' : 'true'}>${entry ? C.show(count) : C.showNew}</button>
      ${
        count
          ? html`<button type="button" id="do-discard" @click=${() => {
              forgetDraft(kind, name);
              outdated();
              change();
            }}>${C.discard}</button>`
          : nothing
      }<span class="grow"></span>
      ${entry && !kind.only ? html`<button type="button" class="stop" id="do-delete" @click=${() => compare(kind, name, 'delete', {}, entry)}>${C.delete}</button>` : nothing}</div>`
        : html`<p class="soft">${C.readOnly}</p>`
    }
    ${planCard(then)}</form>`;
}

function fits(option, value) {
  const wanted = view.find.trim().toLowerCase();
  if (view.apart && option.default !== null && value === asText(option.default)) return false;
  return (
    !wanted ||
    `${option.name} ${readable(option.name)} ${option.meaning} ${option.section}`.toLowerCase().includes(wanted)
  );
}

function show(kind, name, entry, draft) {
  if (entry ? Object.keys(draft).length : view.name)
    compare(kind, entry ? name : view.name, entry ? 'set' : 'create', draft, entry);
}

/** Return the name that is typed for a new entry. */
export const newName = () => view.name;
