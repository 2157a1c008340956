// @ts-check
// The buttons that switch to the user's other views.
import { local } from '../state.js';
import { showView, views } from '../views.js';
import { words } from '../words.js';
import { drawn } from './buttons.js';

const KEYS = { agent: 'j', overview: 'j', wall: 't' }; // agent and overview are one key, there and back

/** Draw a button for each other view that the user has; the wallboard has no way from the agent's page. */
export const viewButtons = () =>
  views()
    .filter(one => one !== local.view && !(local.view === 'agent' && one === 'wall'))
    .map(one =>
      drawn({
        id: `view-${one}`,
        key: KEYS[one],
        label: words.views[one],
        kind: 'quiet',
        run: () => showView(one),
      }),
    );
