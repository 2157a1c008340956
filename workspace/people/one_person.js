// @ts-check
// One person: who it is, and what can be done, each with the command that does the same.
import { html, nothing } from '../vendor/lit-html.js';
import { copied, line, quoted } from '../pages/command.js';
import { namesList } from '../pages/fields.js';
import { read } from '../pages/frame.js';
import { isBound, mayChange, undoOf } from '../pages/undo.js';
import { pageId } from '../page_id.js';
import { moment } from '../pages/written.js';
import { api, reason, request } from '../requests.js';
import { change, local } from '../state.js';
import { words } from '../words.js';

const P = words.people;
const now = { done: '', why: '', busy: '', sure: '', password: '', group: null, sessions: null, revision: 0 };

/** Forget what was done with another person. */
export function opened() {
  Object.assign(now, { done: '', why: '', busy: '', sure: '', password: '', group: null, sessions: null, revision: 0 });
}

const right = name => local.user.rights[name];
const isAdmin = () => right('users:write') === 'all';

/** Return whether the reader may make people, and give agents a new password. */
export const mayAdd = () => right('config:write') === 'all' && !isBound();

const SURE = ['password', 'logout', 'deactivate', 'factor']; // that end something: they ask once more

const active = (one, value) => ({ configuration: { user: { [one.user]: { active: value } } } });

/** Return what can be done with a person: its name, the request and the command. */
function acts(one) {
  const user = encodeURIComponent(one.user),
    of = quoted(one.user);
  const list = [];
  const add = (name, may, method, path, body, command) => may && list.push({ name, method, path, body, command });
  add(
    'password',
    one.user && mayAdd() && (one.role === 'agent' || isAdmin()),
    'POST',
    `users/${user}/password`,
    undefined,
    `warmline user password ${of} --one-time`,
  );
  add(
    'unlock',
    one.user && one.locked && isAdmin(),
    'POST',
    `api-users/${user}/unlock`,
    {},
    `warmline user unlock ${of}`,
  );
  add(
    'logout',
    one.state,
    'POST',
    `agents/${encodeURIComponent(one.agent)}/logout`,
    {},
    `warmline agent logout ${quoted(one.agent)}`,
  );
  add(
    'deactivate',
    one.user && one.active && isAdmin() && one.user !== local.user.user,
    'POST',
    'config/apply',
    active(one, 'N'),
    line(['warmline user set', of], { active: 'N' }),
  );
  add(
    'activate',
    one.user && !one.active && isAdmin(),
    'POST',
    'config/apply',
    active(one, 'Y'),
    line(['warmline user set', of], { active: 'Y' }),
  );
  add(
    'factor',
    one.user && one.second_factor && isAdmin(),
    'DELETE',
    `users/${user}/second-factor`,
    undefined,
    `warmline user reset-second-factor ${of}`,
  );
  return list;
}

/** Draw a name that leads to its form, where the reader may change it. */
const entry = (kind, name) =>
  name && mayChange([kind])
    ? html`<a href=${`config.html?kind=${kind}&name=${encodeURIComponent(name)}`}>${name}</a>`
    : name;

/** Draw a person. */
export const onePerson = (one, follow) =>
  html`<div class="story-head"><h2>${one.full_name || one.user || one.agent}</h2><p class="soft">${[words.roles[one.role], words.states[one.state]].filter(Boolean).join(', ')}</p></div>
  <dl class="facts">${[
    [P.user, one.user ? entry('user', one.user) : P.noUser],
    [P.group, one.user_group],
    [P.agent, entry('agent', one.agent)],
    [P.phone, one.phone || (one.agent ? P.browser : '')],
    [P.campaign, one.campaign],
    [P.ingroups, one.ingroups.join(', ')],
    [P.factor, one.second_factor ? P.yes : ''],
    [P.login, one.active ? (one.locked ? P.locked : one.must_change ? P.mustChange : '') : P.inactive],
  ]
    .filter(([, text]) => text)
    .map(([head, text]) => html`<div><dt>${head}</dt><dd>${text}</dd></div>`)}</dl>
  ${now.password ? html`<section class="card person-form" aria-label=${P.passwordOf(one.user)}><h2>${P.passwordOf(one.user)}</h2><p>${copied('password', now.password, P.password)}</p><p class="notice">${P.onlyNow}</p></section>` : nothing}
  <p class="bad" role="alert">${now.why}</p><p role="status" class="said">${now.done}</p>${now.revision ? html`<div class="acts">${undoOf(now.revision, [isAdmin() ? 'user' : 'agent'], follow)}</div>` : nothing}
  ${acts(one).length ? html`<section class="card" aria-label=${P.acts}><div class="card-head"><h2>${P.acts}</h2></div><ul class="act-list">${acts(one).map(act => row(act, follow))}</ul></section>` : nothing}
  ${mayChange(['agent']) ? groupForm(one, follow) : nothing}${one.user && isAdmin() ? sessions(one) : nothing}`;

const row = (act, follow) =>
  html`<li><span>${
    SURE.includes(act.name) && now.sure === act.name
      ? html`<button type="button" class="stop" id="really-${act.name}" @click=${() => make(act, follow)}>${P.really[act.name]}</button> <button type="button" id="not-${act.name}" @click=${() => {
          now.sure = '';
          change();
        }}>${words.buttons.cancel}</button>`
      : html`<button type="button" id="do-${act.name}" @click=${() => (SURE.includes(act.name) ? ask(act.name) : make(act, follow))}>${P.does[act.name]}</button>`
  }</span>
  <span class="soft">${P.means[act.name]}</span>${copied(`command-${act.name}`, act.command, P.does[act.name])}</li>`;

function ask(name) {
  now.sure = name;
  change();
  requestAnimationFrame(() => document.getElementById(`really-${name}`)?.focus());
}

async function make(act, follow) {
  if (now.busy) return;
  Object.assign(now, { busy: act.name, why: '', done: '', password: '', revision: 0 });
  change();
  const answer = await request(
    act.method,
    api(act.path),
    act.body,
    act.name === 'logout' ? { 'Idempotency-Key': `${pageId}-${Date.now()}` } : {},
  );
  const said = answer.ok
    ? { done: P.did[act.name], password: answer.body.password ?? '', revision: answer.body.revision ?? 0 }
    : { why: answer.unknown ? words.unknown : reason(answer) };
  Object.assign(now, { busy: '', sure: '', ...said });
  change();
  requestAnimationFrame(() => document.getElementById(now.password ? 'copy-password' : `do-${act.name}`)?.focus());
  follow();
}

/** Draw the group of the person: the agent's, by which supervisors see the agent, and the user's. */
function groupForm(one, follow) {
  const group = now.group ?? one.user_group,
    changes = groupChanges(one, group);
  return html`<form class="card person-form" aria-label=${P.group} @submit=${event => {
    event.preventDefault();
    move(changes, follow);
  }}><h2>${P.group}</h2>
    <div class="pair"><div><label for="person-group">${P.group}</label><input id="person-group" list="names-group" autocomplete="off" spellcheck="false" .value=${group} @input=${event => {
      now.group = event.target.value.trim();
      change();
    }}><small>${P.hints.user_group}</small>${namesList('group')}</div></div>
    ${changes.length && group !== one.user_group ? html`<p class="acts"><button class="main" id="do-group">${P.move}</button></p>${changes.map(({ kind, name }) => copied(`command-group-${kind}`, line([`warmline ${kind} set`, quoted(name)], {}) + ` user_group=${group ? quoted(group) : ''}`, P.group))}` : nothing}</form>`;
}

/** Return the entries whose group changes: as far as the reader may change them. */
const groupChanges = (one, group) =>
  [
    ['agent', one.agent],
    ['user', isAdmin() ? one.user : ''],
  ]
    .filter(([, name]) => name)
    .map(([kind, name]) => ({ kind, name, group }));

async function move(changes, follow) {
  const configuration = {};
  for (const { kind, name, group } of changes) (configuration[kind] ??= {})[name] = { user_group: group };
  const answer = isBound()
      ? await request('PATCH', api(`config/agent/${encodeURIComponent(changes[0].name)}`), {
          user_group: changes[0].group,
        })
      : await request('POST', api('config/apply'), { configuration }),
    revision = isBound() ? 0 : answer.body.revision; // a person of some campaigns changes one entry
  Object.assign(
    now,
    answer.ok
      ? { done: P.moved(revision), why: '', group: null, revision }
      : { why: answer.unknown ? words.unknown : reason(answer), done: '' },
  );
  change();
  follow();
}

/** Draw the sessions of the user, which are read when they are opened. */
const sessions = one =>
  html`<details class="card sessions-card" id="sessions" @toggle=${event => event.target.open && load(one)}><summary>${P.sessions}</summary>${
    now.sessions
      ? now.sessions.length
        ? html`<ul class="act-list">${now.sessions.map(
            each =>
              html`<li>
  <span><button type="button" class="small" id="end-${each.id}" aria-label=${words.account.endOf(`${each.program || words.account.nameless}, ${moment(each.begun, local.user.timezone)}`)} @click=${() => end(one, each.id)}>${words.account.end}</button></span>
  <span><b>${each.program || words.account.nameless}</b> ${each.address} <span class="soft">${P.since(moment(each.begun, local.user.timezone), moment(each.seen, local.user.timezone))}</span></span>${copied(`command-${each.id}`, `warmline session end ${quoted(each.id)} --any-user`, words.account.end)}</li>`,
          )}</ul>`
        : html`<p class="empty">${P.noSessions}</p>`
      : nothing
  }</details>`;

async function load(one) {
  const answer = await read('sessions');
  Object.assign(
    now,
    answer.ok
      ? { sessions: answer.body.filter(each => each.user === one.user) }
      : { why: answer.unknown ? words.menu.unread : reason(answer) },
  );
  change();
}

async function end(one, id) {
  const answer = await request('DELETE', api(`sessions/${encodeURIComponent(id)}`));
  if (!answer.ok) now.why = answer.unknown ? words.unknown : reason(answer);
  await load(one);
  document.getElementById('sessions')?.querySelector('summary')?.focus();
}
