// @ts-check
// The columns of a file, and its first values, for the choice of fields. The server reads the file itself again, with all its rules.
const FIRST = 65_536; // bytes that are looked at
const SEPARATORS = [',', ';', '\t'];
const LATIN = 'windows-1252';

/** Return the columns of a CSV file with the values of its first record, as pairs; none for another file. */
export async function headOf(file, encoding = '') {
  const bytes = await file.slice(0, FIRST).arrayBuffer(),
    text = named(bytes, encoding) ?? decoded(bytes);
  if (/^\s*\{/.test(text) || text.startsWith('PK')) return [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/),
    separator = [...SEPARATORS].sort((a, b) => lines[0].split(b).length - lines[0].split(a).length)[0];
  const [names, first] = [cells(lines[0], separator), cells(lines[1] ?? '', separator)];
  return names.map((name, n) => [name.trim(), (first[n] ?? '').trim()]).filter(([name]) => name);
}

/** Return the text in a named encoding, or undefined for one that browsers do not know, such as cp850. */
function named(bytes, encoding) {
  try {
    return encoding
      ? new TextDecoder(encoding.replace('mac-roman', 'macintosh').replace(/^utf-16-/, 'utf-16')).decode(bytes)
      : undefined;
  } catch {
    return undefined;
  }
}

function decoded(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      bytes.slice(0, bytes.byteLength - (bytes.byteLength === FIRST ? 4 : 0)),
      { stream: true },
    );
  } catch {
    return new TextDecoder(LATIN).decode(bytes);
  }
}

/** Return the cells of a line; quotes hold separators together. */
function cells(line, separator) {
  const found = [''];
  let quoted = false;
  for (const one of line) {
    if (one === '"') quoted = !quoted;
    else if (one === separator && !quoted) found.push('');
    else found[found.length - 1] += one;
  }
  return found;
}
