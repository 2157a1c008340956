// @ts-check
// A wallboard has nobody who reloads it. It loads itself again each hour, and when the server has a newer page.
import { link, local } from '../state.js';
import { api, request } from '../requests.js';

const EVERY = 3_600_000,
  LOOK = 1000; // milliseconds

setInterval(async () => {
  if (local.view !== 'wall' || (performance.now() < EVERY && link() !== 'other')) return;
  const answer = await request('GET', api('me')); // without an answer, the last picture stays
  if (answer.ok) location.reload();
}, LOOK);
