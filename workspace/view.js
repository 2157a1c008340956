// @ts-check
// The page: one function of the screen and of the page's own state.
import { html, nothing } from './vendor/lit-html.js';
import { change, stage } from './state.js';
import { bar } from './panels/bar.js';
import { callPanel } from './panels/call.js';
import { isKeyListOpen, keyList } from './panels/key_list.js';
import { loginPage } from './panels/login.js';
import { pausePanel } from './panels/pause.js';
import { warning } from './panels/link_warning.js';
import { receipts, unstored } from './panels/command_results.js';
import { side } from './panels/side.js';
import { work } from './panels/work.js';
import { youPanel } from './panels/you.js';
import { shownPage } from './views.js';

const agentPage = () =>
  html`${bar()}${warning()}${unstored()}${pausePanel()}${youPanel()}${isKeyListOpen() ? keyList('agent') : nothing}
  <main class="workspace at-${stage()}">${callPanel()}<div class="beside">${work()}${side()}</div></main>${receipts()}`;

const PAGES = { agent: agentPage };

/** Load the pages of supervisors, which an agent's page does not wait for; return what follows their feed. */
export async function loadOverview() {
  const { overviewChanged, overviewPage, wallPage } = await import('./overview/main.js');
  Object.assign(PAGES, { overview: overviewPage, wall: wallPage });
  change();
  return overviewChanged;
}

/** Draw the page. */
export const view = () => (PAGES[shownPage()] ?? loginPage)();
