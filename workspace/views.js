// @ts-check
// Which page is shown: the agent's workspace, the supervisor view or the wallboard. The address keeps the choice.
import { change, local, overview, stage } from './state.js';

const REACHES = ['group', 'all']; // of the right to see agents, or the wallboard, for a supervisor
export const WALLBOARD = 'wallboard'; // the program of a session that only reads

const narrow = matchMedia('(max-width: 1100px), (max-height: 560px)');
narrow.addEventListener('change', () => change());

/** Return whether the window has no room for the column at the side, which is then a tab of the middle. */
export const isNarrow = () => narrow.matches;

/** Return the views that the user has. */
export function views() {
  const { agent, rights, program, must_change: mustChange, must_enrol: mustEnrol } = local.user || {};
  if (mustChange || mustEnrol) return [];
  if (program === WALLBOARD) return REACHES.includes(rights?.['wallboard:read']) ? ['wall'] : [];
  const wide = REACHES.includes(rights?.['agents:read']);
  return [...(agent ? ['agent'] : []), ...(wide ? ['overview', 'wall'] : [])];
}

/** Return whether the address asks for the wallboard. */
export const asksForWall = () => asked() === 'wall';

const asked = () => new URLSearchParams(location.search).get('view') ?? '';

/** Choose the view after a login or a reload: the one in the address, otherwise the widest. */
export function chooseView() {
  const known = views();
  local.view = known.includes(asked()) ? asked() : known.includes('overview') ? 'overview' : (known[0] ?? 'agent');
}

/** Switch to another view. */
export function showView(view) {
  history.replaceState(history.state, '', `?view=${view}`);
  change({ view, dialog: '', told: [] });
  scrollTo(0, 0);
}

/** Return what is drawn: login, change, enrol, waiting, out, agent, overview or wall. */
export function shownPage() {
  if (local.user === false) return 'login';
  if (local.user?.must_change) return 'change';
  if (local.user?.must_enrol) return 'enrol';
  if (!local.user) return 'waiting';
  if (local.view !== 'agent') return overview.server ? local.view : 'waiting';
  return ['login', 'waiting', 'out'].includes(stage()) ? stage() : 'agent';
}
