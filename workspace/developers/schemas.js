// Schemas as people read them: the type of a value in a few words, its limits, and a table of fields.
import { html, nothing } from '../vendor/lit-html.js';
import { words } from './words.js';

const NULL = 'null';

/** Draw the type of a value. A type with fields is a link to its schema. */
export function typeOf(schema = {}) {
  const options = schema.anyOf ?? schema.oneOf;
  if (schema.$ref) return link(schema.$ref.split('/').at(-1));
  if (options) return joined(options.map(typeOf), words.or);
  if (schema.enum)
    return joined(
      schema.enum.map(one => html`<code>${JSON.stringify(one)}</code>`),
      ' ',
    );
  if (schema.type === 'array')
    return html`${words.list}${schema.prefixItems ? joined(schema.prefixItems.map(typeOf), ', ') : typeOf(schema.items)}`;
  if (schema.type === 'object' && schema.additionalProperties)
    return html`${words.map}${typeOf(schema.additionalProperties === true ? {} : schema.additionalProperties)}`;
  return Array.isArray(schema.type) ? schema.type.join(words.or) : (schema.type ?? words.anything);
}

const link = name => html`<a href="#${name}">${name}</a>`;

const joined = (parts, between) => parts.map((part, place) => html`${place ? between : nothing}${part}`);

/** Return the limits of a value as one text, such as "most 100; default 10". */
function limitsOf(schema = {}) {
  const parts = [schema, ...(schema.anyOf ?? [])].filter(one => one.type !== NULL);
  const told = Object.entries(words.limits).flatMap(([name, word]) => {
    const part = parts.find(one => name in one && !(name === 'default' && [null, ''].includes(one[name])));
    return part ? [`${word} ${typeof part[name] === 'string' ? part[name] : JSON.stringify(part[name])}`] : [];
  });
  return told.join('; ');
}

/** Draw one row of a table of fields or parameters. */
export const row = (name, schema, { place, meaning = schema.description, needed = false }) =>
  html`<tr>
  <th scope="row"><code>${name}</code>${needed ? html` <small class="needed">${words.needed}</small>` : nothing}</th>
  ${place ? html`<td>${place}</td>` : nothing}<td>${typeOf(schema)}</td>
  <td>${meaning}${meaning && limitsOf(schema) ? html`<br>` : nothing}<small>${limitsOf(schema)}</small></td></tr>`;

/** Draw a table; `heads` are the texts above its columns. */
export const table = (heads, rows, label) =>
  html`<table class="field-table" aria-label=${label}><thead><tr>${heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;

/** Draw what a schema says about its value: its meaning, and its fields if it has some. */
export function schemaPart(schema, label) {
  const fields = Object.entries(schema.properties ?? {}),
    needed = schema.required ?? [];
  const about = schema.description ? html`<p>${schema.description}</p>` : nothing;
  if (!fields.length)
    return html`${about}<p>${schema.type === 'object' && !schema.additionalProperties ? words.empty : typeOf(schema)}</p>`;
  return html`${about}${table(
    [words.field, words.type, words.meaning],
    fields.map(([name, one]) => row(name, one, { needed: needed.includes(name) })),
    label,
  )}`;
}
