// @ts-check
// The recordings of today that an agent may hear, in the rows of the own calls.
import { html } from '../vendor/lit-html.js';
import { read } from '../pages/frame.js';
import { change, local } from '../state.js';
import { words } from '../words.js';

const P = words.past,
  MOST = 1000;
let kept = [];

/** Read which recordings the server lets this agent hear. */
export async function loadOwn() {
  if ((local.user.rights['recordings:read'] ?? 'none') === 'none') return;
  const answer = await read(`recordings?limit=${MOST}`);
  if (answer.ok) {
    kept = answer.body.filter(one => one.status === 'kept');
    change();
  }
}

/** Draw the players of a call. */
export const ownRecordings = call =>
  kept
    .filter(one => one.call === call)
    .map(
      one =>
        html`<audio controls preload="none" aria-label=${P.listen(one.reason)} src=${`../api/v1/recordings/${encodeURIComponent(one.id)}`}></audio>`,
    );
