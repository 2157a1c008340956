// @ts-check
// Values of options as texts, as the command line takes them, and the documents that the API compares.
import { line, quoted } from '../pages/command.js';

/** Return a value as it is written after `option=`. */
export const asText = value => (Array.isArray(value) ? value.join(',') : String(value ?? ''));

/** Return a name for people: next_agent_call is Next agent call. */
export const readable = name => {
  const text = name.replaceAll(/[_-]/g, ' ');
  return text[0].toUpperCase() + text.slice(1);
};

export const SECRETS = ['secret', 'token'];

/** Return the options that differ from their default, as the list shows them. */
export const setApart = (kind, options) =>
  kind.options
    .filter(
      one =>
        !SECRETS.includes(one.type.type) && one.default !== null && asText(options[one.name]) !== asText(one.default),
    )
    .map(one => `${one.name}=${asText(options[one.name])}`);

/** Return the document with these options of one entry. */
export const document_ = (kind, name, options) => ({
  configuration: { [kind.kind]: kind.only ? options : { [name]: options } },
});

/** Return the command that makes the same change. A secret is asked for. */
export function command(kind, name, action, options) {
  const secret = new Set(kind.options.filter(one => SECRETS.includes(one.type.type)).map(one => one.name));
  const begun = kind.only
    ? `warmline ${kind.kind} ${action}`
    : `warmline ${kind.kind} ${action} ${name ? quoted(name) : 'NAME'}`;
  return [
    begun,
    ...Object.entries(options).map(
      ([option, text]) => `${option}=${secret.has(option) && text ? '-' : text ? quoted(text) : ''}`,
    ),
  ].join(' ');
}

/** Return the command that lists or shows. */
export const shows = (kind, name) =>
  kind.only
    ? `warmline ${kind.kind} show`
    : name
      ? line(['warmline', kind.kind, 'show', quoted(name)], {})
      : `warmline ${kind.kind} list`;
