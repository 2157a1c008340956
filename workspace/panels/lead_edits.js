// @ts-check
// Changed fields of the lead. They are the server's 2 s after they were typed, and before the code of the call.
// They belong to the lead for which they were typed, and never reach another one.
import { callOf } from '../call_of.js';
import { change, local, screen } from '../state.js';
import { mine, reason, request } from '../requests.js';
import { tell, warn } from '../commands.js';
import { words } from '../words.js';

const AFTER = 2000; // milliseconds after the last key
const NONE = { edits: {}, former: {}, editsWhy: '' };
let timer = 0,
  saving = Promise.resolve('');

/** Return what is typed and not saved for the lead that is shown, by field. */
export const typed = () => (local.editsOf === shown() ? local.edits : {});

/** Return what these fields, and those that are saved since, had before. */
export const former = () => (local.editsOf === shown() ? local.former : {});

const shown = () => screen.lead?.lead_id ?? 0;
const unsaved = () => Object.keys(local.edits).length > 0;

/** Take what is typed in a field; `before` is its value on the server. */
export function edit(name, text, before) {
  if (local.editsOf !== shown()) forgetEdits();
  const { [name]: _, ...others } = local.edits;
  change({
    editsOf: shown(),
    edits: text === before ? others : { ...others, [name]: text },
    former: { [name]: before, ...local.former },
    editsWhy: '',
  });
  plan();
}

function plan() {
  clearTimeout(timer);
  timer = setTimeout(saveEdits, AFTER);
}

/** Save the changed fields, all or none, one request after the other; return why they are not saved, or "". What was typed stays until the server has it. With `loud`, the page says what came of it. */
export function saveEdits(loud = false) {
  clearTimeout(timer);
  saving = saving.then(() => (unsaved() ? send(local.editsOf, loud === true) : ''));
  return saving;
}

/** Save what is typed before the customer leaves the screen; return whether it is saved. The page says why not. */
export async function savedBefore(label) {
  const why = await saveEdits();
  if (why) tell({ label, text: words.lead.first(why), ok: false });
  return !why;
}

async function send(lead, loud) {
  if (shown() !== lead) {
    forgetEdits();
    return '';
  }
  const sent = local.edits,
    began = performance.now();
  const answer = await request('PATCH', mine('lead'), { lead_id: lead, ...apart(sent) });
  const why = answer.unknown ? words.unknown : answer.ok ? '' : reason(answer);
  if (loud)
    tell({
      label: words.lead.title,
      text: why || words.lead.saved,
      ok: answer.ok,
      ms: Math.round(performance.now() - began),
    });
  if (local.editsOf !== lead) return '';
  if (answer.ok && shown() === lead) {
    const now = { ...answer.body.custom_fields, ...answer.body },
      taken = fields =>
        fields?.map(one => (Object.hasOwn(sent, one.name) ? { ...one, value: now[one.name] ?? sent[one.name] } : one));
    screen.lead = {
      ...screen.lead,
      fields: taken(screen.lead.fields),
      custom_fields: taken(screen.lead.custom_fields),
    };
  }
  if (answer.ok)
    change({
      edits: Object.fromEntries(Object.entries(local.edits).filter(([name, value]) => sent[name] !== value)),
      editsWhy: '',
    });
  else change({ editsWhy: why });
  if (answer.ok ? unsaved() : answer.unknown || answer.status >= 500) plan();
  return why;
}

/** Return fields as the API takes them: the custom ones apart. */
function apart(sent) {
  const custom = new Set(screen.lead?.custom_fields?.map(one => one.name));
  const some = own => Object.fromEntries(Object.entries(sent).filter(([name]) => custom.has(name) === own)),
    own = some(true);
  return { ...some(false), ...(Object.keys(own).length ? { custom_fields: own } : {}) };
}

/** Put back what the fields had before, on the server too. */
export function undoEdits() {
  const fields = Object.fromEntries(
    [...(screen.lead?.fields ?? []), ...(screen.lead?.custom_fields ?? [])].map(one => [one.name, one.value ?? '']),
  );
  change({
    edits: Object.fromEntries(Object.entries(former()).filter(([name, value]) => fields[name] !== value)),
    former: {},
    editsWhy: '',
  });
  saveEdits();
}

/** After each message of the feed: with another customer on the screen, what was typed for the one before is over. So is the undo with another call. */
export function followEdits() {
  const call = callOf(),
    over = call !== followEdits.call && !unsaved();
  followEdits.call = call;
  if (over || (shown() && shown() !== local.editsOf)) forgetEdits();
}

/** Forget what was typed. The page says so if the server does not have it. */
function forgetEdits() {
  if (!local.editsOf) return;
  clearTimeout(timer);
  if (unsaved())
    warn(
      words.lead.title,
      words.lead.lost(
        local.editsOf,
        Object.keys(local.edits)
          .map(name => (Object.hasOwn(words.fields, name) ? words.fields[name] : name))
          .join(', '),
      ),
    );
  change({ editsOf: 0, ...NONE });
}

/** Send what was typed before the page was loaded again. */
export function resumeEdits() {
  if (unsaved()) plan();
}
