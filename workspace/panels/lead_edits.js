// Changed fields of the lead. They are the server's 2 s after they were typed, and before the code of the call.
import { change, local, screen } from '../state.js';
import { mine, reason, request } from '../requests.js';
import { tell } from '../commands.js';
import { words } from '../words.js';

const AFTER = 2000; // milliseconds after the last key
let timer = 0, saving = Promise.resolve('');

const unsaved = () => Object.keys(local.edits).length > 0;

/** Take what is typed in a field; `before` is its value on the server. */
export function edit(name, text, before) {
  const { [name]: _, ...others } = local.edits;
  change({ edits: text === before ? others : { ...others, [name]: text }, former: { [name]: before, ...local.former }, editsWhy: '' });
  plan();
}

function plan() {
  clearTimeout(timer);
  timer = setTimeout(saveEdits, AFTER);
}

/** Save the changed fields, all or none, one request after the other; return why they are not saved, or "". What was typed stays until the server has it. With `loud`, the page says what came of it. */
export function saveEdits(loud = false) {
  clearTimeout(timer);
  saving = saving.then(() => unsaved() ? send(screen.lead?.lead_id, loud === true) : '');
  return saving;
}

async function send(lead, loud) {
  if (!lead) return '';
  const sent = local.edits, began = performance.now();
  const answer = await request('PATCH', mine('lead'), { lead_id: lead, ...sent });
  const why = answer.unknown ? words.unknown : answer.ok ? '' : reason(answer);
  if (loud) tell({ label: words.lead.title, text: why || words.lead.saved, ok: answer.ok, ms: Math.round(performance.now() - began) });
  if (screen.lead?.lead_id !== lead) return why;
  if (answer.ok) {
    screen.lead = { ...screen.lead, fields: screen.lead.fields?.map(one => one.name in sent ? { ...one, value: answer.body[one.name] ?? sent[one.name] } : one) };
    change({ edits: Object.fromEntries(Object.entries(local.edits).filter(([name, value]) => sent[name] !== value)), editsWhy: '' });
  } else change({ editsWhy: why });
  if (answer.ok ? unsaved() : answer.unknown || answer.status >= 500) plan();
  return why;
}

/** Put back what the fields had before, on the server too. */
export function undoEdits() {
  const fields = Object.fromEntries((screen.lead?.fields ?? []).map(one => [one.name, one.value ?? '']));
  change({ edits: Object.fromEntries(Object.entries(local.former).filter(([name, value]) => fields[name] !== value)), former: {}, editsWhy: '' });
  saveEdits();
}

/** Send what was typed before the page was loaded again. */
export function resumeEdits() { if (unsaved()) plan(); }
