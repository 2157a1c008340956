// @ts-check
// A line of CSV for a spreadsheet, with the rules of the command: a text that looks like a formula begins with an apostrophe.
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g,
  FORMULA = /^(?!\+[0-9]+$)[=+\-@\uff1d\uff0b\uff0d\uff20\t\n]/;
const INNER_FORMULA = /(?<=[;\t\n])(?=["' ]*[=+\-@\uff1d\uff0b\uff0d\uff20])/g; // in a spreadsheet that splits at other characters
const QUOTED = /[",\n]/;

/** Return JSON as the command writes it: with blanks, and with ASCII letters alone. */
function json(value) {
  if (Array.isArray(value)) return `[${value.map(json).join(', ')}]`;
  if (value && typeof value === 'object')
    return `{${Object.entries(value)
      .map(([name, one]) => `${json(name)}: ${json(one)}`)
      .join(', ')}}`;
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function cell(value) {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = (typeof value === 'string' ? value : json(value))
    .replaceAll('\r', '\n')
    .replace(CONTROL, '?')
    .replace(INNER_FORMULA, "'");
  return FORMULA.test(text) ? `'${text}` : text;
}

const quoted = text => (QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Return the line of these values. */
export const line = values => `${values.map(one => quoted(cell(one))).join(',')}\n`;
