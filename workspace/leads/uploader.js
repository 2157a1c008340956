// @ts-check
// Sends a file in pieces and follows its import. A piece without an answer is sent again, which changes nothing.
import { api, reason, request } from '../requests.js';
import { words } from '../words.js';

const L = words.leadLists;
const PIECE = 262_144; // bytes in one request
const LONGEST = 268_435_456; // bytes of a file that the server takes
const LOOKS = 500,
  AGAIN = 1000,
  TRIES = 30,
  PATIENCE = 30_000; // milliseconds; times that a request is tried
const RUNS = ['import_runs', 'import_busy', 'import_without_room'];

const later = ms =>
  new Promise(done => {
    setTimeout(done, ms);
  });

/** Return the SHA-256 of a file in hex. Browsers know it on pages of https and of this machine only. */
async function sum(file) {
  if (!globalThis.crypto?.subtle) throw new Error(L.noHttps);
  const read = await file.arrayBuffer().catch(() => {
    throw new Error(L.unreadable);
  }); // such as one that was changed after it was chosen
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', read));
  return Array.from(bytes, one => one.toString(16).padStart(2, '0')).join('');
}

/** Return a piece of a file in base64. */
const base64 = blob =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => {
      const text = String(reader.result);
      done(text.slice(text.indexOf(',') + 1));
    };
    reader.onerror = () => failed(new Error(L.unreadable));
    reader.readAsDataURL(blob);
  });

/** Send a request until it has an answer. Raises Error with the sentence of a refusal. */
async function asked(method, path, body) {
  for (let tries = 1; ; tries += 1) {
    const answer = await request(method, api(path), body, {}, PATIENCE);
    if (answer.ok) return answer.body;
    const passes =
      answer.unknown || answer.status === 429 || (answer.status === 503 && !RUNS.includes(answer.body?.code));
    if (!passes || tries === TRIES) throw new Error(answer.unknown ? words.unknown : reason(answer));
    await later(1000 * (Number(answer.headers?.get('Retry-After')) || AGAIN / 1000));
  }
}

/**
 * Upload a file to `path` with these options; return the import at its end. `progress` is called with the share that is done, from 0 to 1,
 * and `stopped` tells whether the person has stopped it. Raises Error with a sentence.
 */
export async function upload(path, file, options, progress, stopped) {
  if (file.size > LONGEST) throw new Error(L.tooLarge(Math.round(file.size / 1_048_576), LONGEST / 1_048_576));
  let job = await asked('POST', path, { size: file.size, sha256: await sum(file), ...options });
  while (job.state === 'uploading' && !stopped()) {
    job = await asked('PUT', `imports/${job.id}`, {
      offset: job.received,
      data: await base64(file.slice(job.received, job.received + PIECE)),
    });
    progress(job.received / file.size / 2);
  }
  return watch(job, progress, stopped);
}

/** Return the own imports that the server still knows, the newest first; none if they cannot be read. */
export const imports = async () => {
  const answer = await request('GET', api('imports'));
  return answer.ok ? answer.body : [];
};

/** Follow an import whose file is uploaded to its end, and return it. Raises Error with a sentence. */
export async function watch(begun, progress, stopped) {
  const address = `imports/${begun.id}`;
  let job = begun;
  while (job.state === 'running' && !stopped()) {
    progress(0.5 + job.read / Math.max(job.size, 1) / 2);
    await later(LOOKS);
    job = await asked('GET', address);
  }
  if (stopped()) {
    await request('DELETE', api(address));
    throw new Error(L.stopped);
  }
  if (job.state === 'failed') throw Object.assign(new Error(job.why), { code: job.code });
  return job;
}
