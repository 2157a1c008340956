// @ts-check
// Requests to the server. A request whose answer is missing is not a failed one: nobody knows whether it arrived.
import { change, forget } from './state.js';
import { words } from './words.js';

const FRAMED = parent === window ? {} : { 'X-Warmline-Frame': '1' }; // the cookie of a frame is another one
const PATIENCE = 8000; // milliseconds; the server itself answers after 5 s

/**
 * What became of a request.
 * @typedef {object} Answer
 * @property {boolean} ok
 * @property {boolean} [unknown] whether no answer came
 * @property {number} status 0 if no answer came
 * @property {Headers} [headers]
 * @property {any} body what the server sent: JSON by the API's schema, or text
 * @property {boolean} [unstored] whether a command was carried out and the server has not stored it
 */

/**
 * Send a request, and wait for its answer.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body] sent as JSON, unless it is a string
 * @param {Record<string, string>} [headers]
 * @param {number} [patience] in milliseconds
 * @returns {Promise<Answer>}
 */
export async function request(method, path, body, headers = {}, patience = PATIENCE) {
  const sent = { method, headers: { 'X-Warmline': '1', ...FRAMED, ...headers }, signal: AbortSignal.timeout(patience) };
  if (body !== undefined) {
    sent.body = typeof body === 'string' ? body : JSON.stringify(body);
    sent.headers['Content-Type'] ??= 'application/json';
  }
  let answer,
    content,
    unknown = false;
  try {
    answer = await fetch(path, sent);
    content = contentOf(answer, await answer.text());
  } catch {
    unknown = true;
  } // the content can break off, too
  if (answer?.status === 401 && !path.endsWith('/login')) {
    forget();
    change({ user: false });
  }
  if (unknown) return { ok: false, unknown, status: 0, body: {} };
  return { ok: answer.ok, status: answer.status, headers: answer.headers, body: content };
}

const contentOf = (answer, text) =>
  (answer.headers.get('Content-Type') ?? '').includes('json') ? JSON.parse(text || '{}') : text;

/** Return the sentence of a refusal: its fields if they are at fault, otherwise its detail. Only the customer's fields are named. */
export function reason(answer) {
  const { errors, detail, title } = answer.body ?? {};
  if (errors?.length)
    return errors
      .map(one => (Object.hasOwn(words.fields, one.field) ? `${words.fields[one.field]}: ${one.detail}` : one.detail))
      .join('; ');
  return detail || title || String(answer.status);
}

/** Return the address of something of the own agent. */
export const mine = path => `../api/v1/agents/me/${path}`;
export const api = path => `../api/v1/${path}`;
