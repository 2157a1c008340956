// @ts-check
// The supervisor view: figures at the top, in-groups and callers at the left, the agents and the diallers, and the chosen agent at the right.
import { html } from '../vendor/lit-html.js';
import { change, local } from '../state.js';
import { words } from '../words.js';
import { drawn } from '../panels/buttons.js';
import { warning } from '../panels/link_warning.js';
import { receipts, unstored } from '../panels/command_results.js';
import { viewButtons } from '../panels/view_buttons.js';
import { menu } from '../pages/menu.js';
import { agents } from './agents.js';
import { chosen } from './chosen.js';
import { dialling } from './dialling.js';
import { figures } from './figures.js';
import { ingroups } from './ingroups.js';
import { line } from './waiting_callers.js';
import { panel } from './panels.js';
import { today } from './today.js';

const O = words.overview;

/** Draw the supervisor view. */
export const overviewPage = () =>
  html`${bar()}${warning()}${unstored()}${panel()}
  <main class="overview">${figures()}<div class="left">${ingroups()}${line()}${today()}</div><div class="middle">${agents()}${dialling()}</div>${chosen()}</main>${receipts()}`;

const bar = () =>
  html`<header class="bar" aria-label=${words.landmarks.overview}><h1 id="state" tabindex="-1"><span class="state">${O.titles[local.user.role] ?? O.title}</span></h1>
  <p class="who-am-i"><b>${local.user.full_name || local.user.user}</b> <span>${local.user.role === 'supervisor' && local.user.user_group ? O.group(local.user.user_group) : O.everybody}</span></p>
  <span class="grow"></span>${menu('live')}${viewButtons()}
  ${drawn({ id: 'you', key: 'q', label: words.buttons.you, kind: 'quiet', opens: String(local.dialog === 'you'), run: () => change({ dialog: local.dialog === 'you' ? '' : 'you' }) })}</header>`;
