// @ts-check
// The form that makes a user, an agent and a phone at once. The one-time password is shown once, and kept nowhere.
import { html, nothing } from '../vendor/lit-html.js';
import { commandCard, copied, line, quoted } from '../pages/command.js';
import { loadNames, MOST_NAMES, namesList, namesOf } from '../pages/fields.js';
import { here } from '../pages/frame.js';
import { undoOf } from '../pages/undo.js';
import { api, reason, request } from '../requests.js';
import { change, local } from '../state.js';
import { words } from '../words.js';

const P = words.people,
  DIRECT = 'AGENTDIRECT'; // the in-group of calls for one agent
const NUMBER = /^[1-9]\d{1,8}$/; // of an agent, so that another one can follow
const FIRST = {
  full_name: '',
  user: '',
  role: 'agent',
  user_group: '',
  agent: null,
  phone: '',
  campaign: '',
  ingroups: null,
};
const form = { given: FIRST, calls: true, why: '', busy: false, made: null };

/** Begin with an empty form. */
export function begin() {
  Object.assign(form, { given: { ...FIRST }, calls: true, why: '', busy: false, made: null });
}

const set = what => {
  Object.assign(form.given, what);
  form.why = '';
  change();
};
const isLeading = () => form.given.role !== 'agent';
const takesCalls = () => !isLeading() || form.calls;

/** Return the roles that the person may give: those who lead are made by administrators. */
const roles = () =>
  Object.entries(words.roles).filter(([id]) => id === 'agent' || local.user.rights['users:write'] === 'all');

/** Return the in-groups of the form: the chosen ones, at first that of direct calls. */
const ingroups = () =>
  form.given.ingroups ??
  namesOf('ingroup')
    .map(([id]) => id)
    .filter(id => id === DIRECT);

/** Return the only campaign, if there is one and none is typed. */
const campaign = () => form.given.campaign || (namesOf('campaign').length === 1 ? namesOf('campaign')[0][0] : '');

/** Return the number after the highest one of the agents; "" if there are none, or too many to know. */
function nextAgent() {
  const ids = namesOf('agent').map(([id]) => id),
    numbers = ids.filter(id => NUMBER.test(id)).map(Number);
  return numbers.length && ids.length < MOST_NAMES ? String(Math.max(...numbers) + 1) : '';
}

/** Return the agent that is typed, otherwise the next free number for a person who only takes calls. */
const agentOf = () => form.given.agent ?? (isLeading() ? '' : nextAgent());

/** Return whether the agent that is typed exists: then it only gets the login. */
const isThere = () => namesOf('agent').some(([id]) => id === agentOf());

/** Return the person as the API takes it. */
function body() {
  const { full_name, user, role, user_group, phone } = form.given,
    agent = agentOf();
  /** @type {{agent?: string, phone?: string, campaign?: string, ingroups?: string[]}} */
  const calls = isThere() ? { agent } : { agent, phone, campaign: campaign(), ingroups: ingroups() };
  return {
    user,
    role,
    full_name,
    user_group,
    ...(takesCalls() ? calls : {}),
  };
}

/** Return the command that makes the same person. */
function command() {
  const { user, role, full_name, user_group, agent, phone, campaign: of, ingroups: names = [] } = body();
  return line(['warmline user onboard', user ? quoted(user) : 'NAME'], {
    '--full-name': full_name,
    '--role': role === 'agent' ? '' : role,
    '--user-group': user_group,
    '--agent': agent,
    '--phone': phone,
    '--campaign': of,
    '--ingroups': names.join(','),
  });
}

/** Draw the form, or the person that was made. */
export const newPerson = follow =>
  form.made
    ? made(follow)
    : html`<form class="card person-form" aria-label=${P.add} @submit=${send}><h2>${P.add}</h2>
  <div class="pair">${input('full_name', { maxlength: 50 })}${input('user', { required: true })}</div>
  <div class="pair"><div><label for="new-role">${P.role}</label><select id="new-role" @change=${event => set({ role: event.target.value })}>${roles().map(([id, text]) => html`<option value=${id} .selected=${id === form.given.role}>${text}</option>`)}</select><small>${P.roleTexts[form.given.role]}</small></div>
    ${input('user_group', { list: 'group' })}</div>
  ${
    isLeading()
      ? html`<label class="check"><input type="checkbox" id="new-calls" .checked=${form.calls} @change=${event => {
          form.calls = event.target.checked;
          change();
        }}> ${P.takesCalls}</label>`
      : nothing
  }
  ${takesCalls() ? work() : nothing}
  <p class="bad" role="alert" id="why-new">${form.why}</p>
  <p class="acts"><button class="main" id="do-make" aria-describedby="why-new" aria-disabled=${form.busy ? 'true' : 'false'}>${P.make}</button></p></form>${commandCard(command())}`;

const work = () =>
  html`<div class="pair">${input('agent', { required: !isLeading(), inputmode: 'numeric', value: agentOf() })}${isThere() ? html`<p class="notice" role="status">${P.agentThere(agentOf())}</p>` : input('phone', {})}</div>
  ${
    isThere()
      ? nothing
      : html`<div class="pair">${input('campaign', { list: 'campaign', value: campaign() })}</div>
  <fieldset><legend>${P.ingroups}</legend><div class="boxes">${namesOf('ingroup').map(
    ([id, text]) =>
      html`<label class="check"><input type="checkbox" name="ingroup" value=${id} .checked=${ingroups().includes(id)}
    @change=${event => set({ ingroups: event.target.checked ? [...ingroups(), id] : ingroups().filter(one => one !== id) })}> ${text ? `${text} (${id})` : id}</label>`,
  )}</div></fieldset>`
  }`;

const input = (name, { list = '', required = false, value = form.given[name], maxlength = 100, inputmode = '' }) =>
  html`<div><label for="new-${name}">${P.inputs[name]}</label><input id="new-${name}" list=${list ? `names-${list}` : nothing} ?required=${required} maxlength=${maxlength}
  inputmode=${inputmode || nothing} autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="hint-${name}" .value=${value} @input=${event => set({ [name]: event.target.value.trim() })}><small id="hint-${name}">${P.hints[name]}</small>${list ? namesList(list) : nothing}</div>`;

async function send(event) {
  event.preventDefault();
  if (form.busy) return;
  Object.assign(form, { busy: true, why: '' });
  change();
  const answer = await request('POST', api('people'), body());
  Object.assign(form, {
    busy: false,
    why: answer.ok ? '' : answer.unknown ? P.notKnown : reason(answer),
    made: answer.ok ? answer.body : null,
  });
  change();
  if (answer.ok) loadNames(['agent']).then(() => change()); // the next free number is another one
  requestAnimationFrame(() => document.getElementById(answer.ok ? 'made' : 'new-user')?.focus());
}

/** Return the address of the workspace, at which the person logs in. */
export const workspace = () => new URL('./', location.href).href;

const made = follow =>
  html`<section class="card person-form" aria-label=${P.made(form.made.user)}><h2 id="made" tabindex="-1">${P.made(form.made.user)}</h2>
  <dl class="handout"><div><dt>${P.address}</dt><dd>${copied('address', workspace(), P.address)}</dd></div><div><dt>${P.user}</dt><dd>${copied('user', form.made.user, P.user)}</dd></div>
    <div><dt>${P.password}</dt><dd>${copied('password', form.made.password, P.password)}</dd></div></dl>
  <p class="notice">${P.onlyNow}</p><p class="soft">${P.created(form.made.created.join(', '), form.made.revision)}</p>
  <p class="acts"><button type="button" class="main" id="do-another" @click=${() => {
    begin();
    change();
  }}>${P.another}</button>
    <a class="button" href="people.html?person=${encodeURIComponent(form.made.user)}" @click=${event => here(event, { add: '', person: form.made.user }, follow)}>${P.show}</a></p><div class="acts">${undoOf(form.made.revision, [isLeading() ? 'user' : 'agent'])}</div></section>`;
