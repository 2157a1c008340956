// @ts-check
// The field of one option, by its type: what it means, what is allowed, and its default.
import { html, nothing } from '../vendor/lit-html.js';
import { words } from '../words.js';
import { SECRETS, asText, readable } from './texts.js';

const C = words.config,
  FEW = 12,
  MANY_NAMES = 40,
  LONG = 60,
  REPORTS = 'reports'; // an option whose values have names of the page
const TYPES = { number: 'number', date: 'date' }; // of inputs; others are texts

/** Draw the field. `names` has the entries of a kind, `set` takes a new text. */
export function field(option, { value, stored, isNew, names, set, may, why }) {
  const id = `option-${option.name}`,
    isChanged = value !== stored,
    apart = option.default !== null && value !== asText(option.default);
  return html`<div class="option ${isChanged ? 'is-changed' : ''}"><label for=${id}>${readable(option.name)}${option.required && isNew ? html` <b>${C.required}</b>` : nothing} <code>${option.name}</code>${isChanged ? html` <i class="edited">${C.changed}</i>` : nothing}</label>
    <div class="value">${input(option, id, value, { names, set, may, isNew, stored })}${option.type.unit ? html`<span class="unit">${option.type.unit}</span>` : nothing}
      ${apart && may && !option.required ? html`<button type="button" class="link" id="default-${option.name}" aria-label=${C.toDefaultOf(option.name)} @click=${() => set(asText(option.default))}>${C.toDefault}</button>` : nothing}</div>
    <p class="meaning" id="meaning-${option.name}">${coded(option.meaning)} <span>${allowed(option)}</span></p>${why ? html`<p class="bad" id="why-${option.name}">${why}</p>` : nothing}</div>`;
}

/** Draw a sentence of the server, in which `…` is code. */
export const coded = text => text.split('`').map((part, n) => (n % 2 ? html`<code>${part}</code>` : part));

const allowed = option =>
  `${option.type.type === 'choice' ? '' : `${option.type.allowed}. `}${option.required ? '' : C.default(asText(option.default) || C.empty)}`;

function input(option, id, value, { names, set, may, isNew, stored }) {
  const { type } = option,
    given = event => set(event.target.value),
    about = `meaning-${option.name}`,
    off = !may;
  const known = type.kinds?.length === 1 ? names(type.kinds[0]) : null;
  if (type.type === 'choice')
    return html`<select id=${id} aria-describedby=${about} ?disabled=${off} @change=${given}>${type.values.map(one => html`<option value=${one} .selected=${one === value}>${one || C.empty}</option>`)}</select>`;
  if (SECRETS.includes(type.type))
    return html`<input id=${id} type="password" autocomplete="new-password" aria-describedby=${about} ?disabled=${off} placeholder=${isNew ? '' : stored === 'set' ? C.isSet : C.notSet} .value=${value === stored ? '' : value} @input=${event => set(event.target.value || stored)}>`;
  if (type.several && (type.type === 'references' ? known && known.length <= MANY_NAMES : type.values?.length <= FEW))
    return boxes(
      option,
      id,
      value,
      known ?? type.values.map(one => [one, option.name === REPORTS ? (words.reports.names[one] ?? '') : '']),
      set,
      off,
    );
  if ((!type.several && value.length > LONG) || value.includes('\n'))
    return html`<textarea id=${id} rows="4" aria-describedby=${about} ?disabled=${off} .value=${value} @input=${given}></textarea>`;
  return html`<input id=${id} type=${TYPES[type.type] ?? 'text'} min=${type.minimum ?? nothing} max=${type.maximum ?? nothing} list=${known && !type.several ? `of-${type.kinds[0]}` : nothing} autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby=${about} ?disabled=${off} .value=${value} @input=${given}>`;
}

/** Draw a box for each name. Names that no longer exist stay until they are taken out. */
function boxes(option, id, value, known, set, off) {
  const chosen = value ? value.split(',') : [],
    all = [...known, ...chosen.filter(one => !known.some(([name]) => name === one)).map(one => [one, ''])];
  return html`<div class="boxes" id=${id} role="group" aria-label=${readable(option.name)} aria-describedby="meaning-${option.name}">${
    all.length
      ? all.map(
          ([name, text]) =>
            html`<label class="check"><input type="checkbox" value=${name} ?disabled=${off} .checked=${chosen.includes(name)}
    @change=${event => set((event.target.checked ? [...chosen, name] : chosen.filter(one => one !== name)).join(','))}> ${text ? `${text} (${name})` : name}</label>`,
        )
      : html`<span class="soft">${C.noNames}</span>`
  }</div>`;
}
