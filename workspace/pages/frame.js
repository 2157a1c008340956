// @ts-check
// What every page for those who lead has: the session, the line at the top with the menu, and the filters in the address.
import { html, render } from '../vendor/lit-html.js';
import { listen } from '../keys.js';
import { api, reason, request } from '../requests.js';
import { change, drawWith, local } from '../state.js';
import { words } from '../words.js';
import { menu } from './menu.js';
import { placesOf } from './places.js';

const M = words.menu,
  TRIES = 6;
const AGAIN = 1000; // milliseconds until the server is asked again who this is
const PATIENCE = 20_000; // milliseconds; the server itself ends a report after 5 s
const root = document.getElementById('page');

/** Return the filters in the address. */
export const asked = () => Object.fromEntries(new URLSearchParams(location.search));

/** Return the address of this page with other filters; those without a value are left out. */
export function addressWith(what) {
  const kept = Object.entries({ ...asked(), ...what }).filter(([, value]) => value);
  return `${location.pathname.split('/').at(-1)}${kept.length ? `?${new URLSearchParams(kept)}` : ''}`;
}

/** Change filters: the address has them, so that it can be kept, sent and gone back from. */
export function goTo(what, follow) {
  const address = addressWith(what);
  if (address !== addressWith({})) history.pushState(null, '', address);
  follow();
}

/** Read something within `patience` milliseconds. A server that is busy with other questions of this person is asked again when it says. */
export async function read(path, patience = PATIENCE) {
  for (let tries = 1; ; tries += 1) {
    const answer = await request('GET', api(path), undefined, {}, patience);
    if (answer.status !== 429 || tries === TRIES) return answer;
    await new Promise(done => {
      setTimeout(done, 1000 * (Number(answer.headers.get('Retry-After')) || 1));
    });
  }
}

/** Follow a link to this page without loading it again; one that shall open beside it is the browser's. */
export function here(event, what, follow) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  goTo(what, follow);
}

/** Open a page: `draw` returns its content, and `follow` reads what the address asks for. Without a session, the login leads back here. */
export function open(name, draw, follow) {
  drawWith(() => {
    if (local.user === false) return location.replace(`./?to=${encodeURIComponent(addressWith({}))}`);
    document.body.dataset.stage = name;
    return render(
      local.user
        ? html`${bar(name)}${placesOf(local.user).some(one => one.name === name) ? draw() : html`<main class="none"><p>${M.notAllowed}</p><p><a class="button" id="go-back" href="./">${M.work}</a></p></main>`}`
        : html`<main class="none"><p role="status">${words.link.connecting}</p></main>`,
      root,
    );
  });
  listen();
  addEventListener('popstate', follow);
  begin(follow);
}

async function begin(follow) {
  const answer = await request('GET', api('me'));
  if (!answer.ok && answer.status !== 401) {
    setTimeout(begin, AGAIN, follow);
    return change();
  }
  const user = answer.ok && !answer.body.must_change && !answer.body.must_enrol ? answer.body : false;
  change({ user });
  return user && follow();
}

const bar = name =>
  html`<header class="bar" aria-label=${M.person}><h1 id="state" tabindex="-1">${M[name]}</h1>${menu(name)}<span class="grow"></span>
  <p class="who-am-i"><b>${local.user.full_name || local.user.user}</b> <span>${words.roles[local.user.role] ?? local.user.role}</span></p>
  <button type="button" class="quiet" id="do-leave" @click=${leave}>${M.leave}</button></header>`;

async function leave() {
  const answer = await request('POST', 'logout', {});
  if (answer.ok || answer.status === 401) location.replace('./');
  else change({ said: answer.unknown ? words.login.stillIn : reason(answer) });
}
