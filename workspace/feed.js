// @ts-check
// The feeds: the screen as the server sees it, section by section. Each comes back by itself, without a reload.
import { change, forget, local, overview, screen, setClock } from './state.js';
import { pageId } from './page_id.js';
import { request } from './requests.js';

const SILENT = 6000; // milliseconds without a heartbeat until the link counts as lost
const WAITS = [200, 500, 1000]; // milliseconds before each further try
const LOOK = 5; // tries after which the page asks whether its session is over: a feed that was never opened says nothing of that
const FULL = 'too_many_feeds_of_session';
const SESSION_OVER = 4001,
  OTHER_PROTOCOL = 4002;

/** Make the feed of a view, whose sections go into `sections`. It is still until `follow`. */
function feed(view, sections) {
  let socket = null,
    beats = false,
    tries = 0,
    watchdog = 0,
    timer = 0,
    changedHere = () => {};

  function connect() {
    clearTimeout(timer);
    const mine = (socket = new WebSocket(new URL(`feed?view=${view}`, location.href.replace(/^http/, 'ws'))));
    mine.onopen = () => {
      hello();
    };
    mine.onmessage = event => {
      if (mine === socket) take(JSON.parse(event.data));
    };
    mine.onclose = event => {
      if (mine === socket) lost(event.code);
    };
  }

  /** Tell the server which page this is, and whether it has the agent's browser phone. */
  function hello() {
    send({ hello: { page: pageId, phone: local.phone.state === 'up' } });
  }

  /** Send the server what the page knows; return whether the link is there. */
  function send(told) {
    const isOpen = socket?.readyState === WebSocket.OPEN;
    if (isOpen) socket.send(JSON.stringify(told));
    return isOpen;
  }

  /** Take a message: all sections, or those that changed; null is a section that is gone. */
  function take(message) {
    const { seq, now, whole, ...changed } = message;
    if (whole) for (const name of Object.keys(sections)) delete sections[name];
    for (const [name, value] of Object.entries(changed))
      if (value === null) delete sections[name];
      else sections[name] = value;
    if (now) setClock(now);
    tries = 0;
    beats ||= Object.keys(changed).length === 0; // a message without sections is a heartbeat, each 2 s
    if (beats) watch();
    change({ seqs: { ...local.seqs, [view]: seq } });
    linked('up');
    changedHere();
  }

  const linked = state => {
    if (local.links[view] !== state) change({ links: { ...local.links, [view]: state } });
  };

  function watch() {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => {
      const old = socket;
      lost(0);
      old?.close();
    }, SILENT);
  }

  function lost(code) {
    clearTimeout(watchdog);
    socket = null;
    if (code === SESSION_OVER) {
      forget();
      change({ user: false });
      return;
    }
    if (code === OTHER_PROTOCOL) {
      linked('other');
      return;
    }
    if (local.links[view] !== 'full') linked('lost');
    if (tries % LOOK === 1) askWhy();
    timer = setTimeout(connect, WAITS[Math.min(tries++, WAITS.length - 1)]);
  }

  /** Ask why no feed comes: a browser does not tell a page how its feed was refused. An ended session leads to the login. */
  async function askWhy() {
    const { body } = await request('GET', `feed?view=${view}`);
    if (local.user && ['lost', 'full'].includes(local.links[view])) linked(body?.code === FULL ? 'full' : 'lost');
  }

  addEventListener('online', () => {
    if (!socket && local.user && local.links[view] === 'lost') connect();
  });

  return {
    hello,
    send,
    /** Follow the view; `whenChanged` is called after each message. */
    follow(whenChanged) {
      changedHere = whenChanged;
      connect();
    },
    /** Stop following, as after a logout. */
    stop() {
      clearTimeout(timer);
      clearTimeout(watchdog);
      const old = socket;
      socket = null;
      old?.close();
      linked('connecting');
    },
  };
}

export const agentFeed = feed('agent', screen);
export const overviewFeed = feed('overview', overview);
