// The agent's calls, the newest first; each entry can be dialled again.
import { html } from '../vendor/lit-html.js';
import { clock, span } from '../times.js';
import { words } from '../words.js';
import { dialButton, listed, rows } from './rows.js';

const H = words.history;

/** Draw the history. */
export const history = () => rows('history', [H.direction, H.number, H.name, H.time, H.length, H.outcome, H.code, words.buttons.dial], one => [
  H.ways[one.direction] ?? one.direction, html`<b>${one.number || H.noNumber}</b>${listed(one.do_not_call)}`, one.group_name || one.ingroup, clock(one.at), one.length_ms ? span(one.length_ms) : '',
  html`<span class="outcome ${one.outcome}">${H.outcomes[one.outcome] ?? one.outcome}</span>`, one.status, dialButton(`h-${one.call}`, one.number),
], { none: H.none, moreText: H.more });
