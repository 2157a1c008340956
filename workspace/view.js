// The page: one function of the screen and of the page's own state.
import { html } from './vendor/lit-html.js';
import { stage } from './state.js';
import { bar } from './panels/bar.js';
import { callPanel } from './panels/call.js';
import { loginPage } from './panels/login.js';
import { pausePanel } from './panels/pause.js';
import { warning } from './panels/phone_line.js';
import { receipts } from './panels/receipts.js';
import { side } from './panels/script.js';
import { work } from './panels/work.js';
import { youPanel } from './panels/you.js';

const NOT_AT_WORK = new Set(['login', 'waiting', 'out']);

/** Draw the page. */
export const view = () => NOT_AT_WORK.has(stage()) ? loginPage() : html`${bar()}${warning()}${pausePanel()}${youPanel()}
  <main class="workspace at-${stage()}">${callPanel()}<div class="beside">${work()}${side()}</div></main>${receipts()}`;
