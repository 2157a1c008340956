// The operations of the OpenAPI document: their groups, the filter, and a request that a shell can send.
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const ROOT = new URL('..', document.baseURI).href.replace(/\/$/, '');
const STREAM = 'text/event-stream';

/** Return all operations of a document, each with its method, path, tag and scope. */
export function operationsOf(document) {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    METHODS.filter(method => method in methods).map(method => {
      const told = methods[method],
        [security] = told.security;
      const scopes = security?.token ?? [],
        tag = told.tags[0];
      const words = `${method} ${path} ${told.operationId} ${told.summary} ${tag} ${scopes.join(' ')}`.toLowerCase();
      return { ...told, method: method.toUpperCase(), path, tag, scopes, isOpen: !security, words };
    }),
  );
}

/** Return whether an operation has each word of the filter. */
export const matches = (operation, filter) =>
  filter
    .toLowerCase()
    .split(/\s+/)
    .every(word => operation.words.includes(word));

/** Return the media type, the schema and the example of a body or an answer, or undefined. */
export function contentOf(told) {
  const [found] = Object.entries(told?.content ?? {});
  return found && { media: found[0], ...found[1] };
}

/** Return the successful answers of an operation: pairs of status and answer. */
export const successes = operation => Object.entries(operation.responses).filter(([status]) => status < 400);

/** Return the command line that sends the example of an operation to this server. */
export function curl(operation) {
  const body = contentOf(operation.requestBody)?.example,
    answer = contentOf(successes(operation)[0]?.[1]);
  const json = body === undefined || !Object.keys(body).length ? '' : `--json ${quoted(JSON.stringify(body))}`;
  const implied = json ? 'POST' : 'GET';
  return [
    `curl -s${answer?.media === STREAM ? 'N' : ''}${operation.method === implied ? '' : ` -X ${operation.method}`}`,
    operation.isOpen ? '' : '-H "Authorization: Bearer $TOKEN"',
    json,
    quoted(ROOT + addressOf(operation)),
  ]
    .filter(Boolean)
    .join(' \\\n  ');
}

function addressOf({ path, parameters }) {
  const example = (place, name) => parameters.find(one => one.in === place && one.name === name)?.example;
  const query = new URLSearchParams(
    parameters.filter(one => one.in === 'query' && 'example' in one).map(one => [one.name, one.example]),
  ).toString();
  const filled = path.replace(/\{(\w+)\}/g, (whole, name) =>
    example('path', name) === undefined ? whole : encodeURIComponent(example('path', name)),
  );
  return filled + (query && `?${query}`);
}

/** Return a text as a word of the shell. */
const quoted = text => (/^[\w:/.,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
