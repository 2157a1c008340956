// @ts-check
// The upload of a file: columns are matched to fields, a dry run shows what happens, and rejected lines come back.
import { html, nothing } from '../vendor/lit-html.js';
import { copied, line, quoted } from '../pages/command.js';
import { namesList } from '../pages/fields.js';
import { moment } from '../pages/written.js';
import { api } from '../requests.js';
import { change, local } from '../state.js';
import { words } from '../words.js';
import { headOf } from './csv_head.js';
import { imports, upload, watch } from './uploader.js';

const L = words.leadLists,
  WHERE = ['', 'list', 'campaign', 'system'];
const UNKNOWN = ['text_encoding_unknown', 'encoding_name_unknown', 'csv_first_line_foreign', 'text_is_utf_8']; // refusals after which a person names the encoding
const ENCODINGS = [
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'iso8859-15',
  'cp850',
  'mac-roman',
  'cp932',
  'utf-16-le',
];
const FIRST = {
  of: '',
  file: null,
  head: [],
  columns: {},
  encoding: '',
  asksEncoding: false,
  duplicates: '',
  campaign: '',
  why: '',
  share: null,
  readSince: null,
  said: '',
  fault: '',
  left: null,
  tried: null,
  done: null,
  stop: false,
};
const form = { ...FIRST };
const known = { jobs: null }; // the own imports of the last hour, the newest first; null before the first look

const isBusy = () => form.share !== null;

/** Begin the upload for a list, or for the do-not-call numbers. One that is under way goes on. */
export function beginUpload(of) {
  if (form.of !== of && !isBusy()) Object.assign(form, FIRST, { of, columns: {} }, shown(of));
}
const set = what => {
  Object.assign(form, what, { tried: null, done: null, fault: '', left: null });
  change();
};

/** Return what is shown of the last import into a list, or of numbers, in the form. */
function shown(of) {
  const job = known.jobs?.find(one => one.list === of),
    places = { uploading: 'left', done: job?.dry_run ? 'tried' : 'done' };
  if (job?.state === 'failed')
    return {
      fault: L.lastFailed(moment(job.began, local.user.timezone), job.why),
      asksEncoding: UNKNOWN.includes(job.code),
    };
  return places[job?.state] ? { [places[job.state]]: job } : {};
}

/** Look once for imports from before this page was loaded. One that runs is followed; `then` is called at its end. */
export async function findImports(then) {
  if (known.jobs) return;
  known.jobs = [];
  known.jobs = await imports();
  const running = known.jobs.find(one => one.state === 'running');
  if (isBusy() || form.file) return;
  Object.assign(form, running ? FIRST : shown(form.of));
  change();
  if (running)
    await followed(
      running.list,
      0.5,
      running.dry_run,
      () =>
        watch(
          running,
          share => progressed(share, running.dry_run),
          () => form.stop,
        ),
      then,
    );
}

/** Show an import until its end, which `run` waits for. */
async function followed(of, share, dryRun, run, then) {
  Object.assign(form, {
    of,
    share,
    said: L.uploading,
    fault: '',
    left: null,
    stop: false,
    ...(dryRun ? { tried: null } : {}),
    done: null,
  });
  known.jobs = known.jobs?.filter(one => one.list !== of) ?? null;
  change();
  try {
    const job = await run();
    known.jobs?.unshift(job);
    Object.assign(form, dryRun ? { tried: job } : { tried: null, done: job });
  } catch (fault) {
    Object.assign(form, { fault: fault.message, asksEncoding: form.asksEncoding || UNKNOWN.includes(fault.code) });
  }
  Object.assign(form, { share: null, said: '' });
  then();
  change();
}

/** Take a file. Columns that were matched by hand stay so if it has them too, as a file of rejected lines does. */
async function choose(event) {
  const file = event.target.files[0] ?? null;
  set({ file, head: [], encoding: '' });
  if (!file || !form.of) return;
  try {
    form.head = await headOf(file);
  } catch {
    form.fault = L.unreadable;
  }
  form.columns = Object.fromEntries(
    Object.entries(form.columns).filter(([theirs]) => form.head.some(([name]) => name === theirs)),
  );
  change();
}

/** Let the same file be chosen again, once it is corrected: browsers do not tell of a choice that is the same. */
function chooseAgain(event) {
  event.target.value = '';
  set({ file: null, head: [] });
}

/** Return the columns that go into a field, with its name. */
const chosenColumns = () => Object.fromEntries(Object.entries(form.columns).filter(([, ours]) => ours));

/** Return the options of the import: of leads, or of do-not-call numbers. */
const options = () => ({
  ...(form.encoding ? { encoding: form.encoding } : {}),
  ...(form.of
    ? {
        columns: chosenColumns(),
        duplicates: form.duplicates,
      }
    : { campaign: form.campaign, why: form.why }),
});

/** Return the command that imports the same file. */
function command(dryRun) {
  const file = quoted(form.file?.name ?? 'FILE'),
    end = dryRun ? ' --dry-run' : '';
  if (!form.of)
    return (
      line(['warmline dnc import', file], {
        '--campaign': form.campaign,
        '--why': form.why,
        '--encoding': form.encoding,
      }) + end
    );
  const columns = Object.entries(chosenColumns())
    .map(([theirs, ours]) => ` --columns ${quoted(`${theirs}=${ours}`)}`)
    .join('');
  return (
    line(['warmline lead import', file], {
      '--list': form.of,
      '--duplicates': form.duplicates,
      '--encoding': form.encoding,
    }) +
    columns +
    end
  );
}

function progressed(share, dryRun) {
  if (share < 0.5 || form.share < 0.5) form.readSince = performance.now();
  Object.assign(form, { share, said: share < 0.5 ? L.uploading : dryRun ? L.trying : L.importing });
  change();
}

async function send(dryRun, then) {
  if (isBusy() || !form.file) return;
  const { file, of } = form;
  await followed(
    of,
    0,
    dryRun,
    () =>
      upload(
        of ? `lists/${encodeURIComponent(of)}/imports` : 'dnc/imports',
        file,
        { ...options(), dry_run: dryRun },
        share => progressed(share, dryRun),
        () => form.stop,
      ),
    then,
  );
  requestAnimationFrame(() =>
    document.getElementById(form.fault ? 'why-upload' : form.done ? 'done-upload' : 'tried-upload')?.focus(),
  );
}

addEventListener('beforeunload', event => {
  if (isBusy() && form.share < 0.5) event.preventDefault();
}); // afterwards the server has the whole file

/** Return the minutes that the reading of the file takes from now on, about; 0 while too little is read to tell. */
function left() {
  const read = 2 * form.share - 1; // the first half is the upload
  return form.readSince !== null && read > 0.02
    ? Math.ceil(((performance.now() - form.readSince) * (1 - read)) / read / 60_000)
    : 0;
}

const running = () =>
  html`<div class="running"><progress max="1" .value=${form.share} aria-label=${form.said}></progress><span aria-hidden="true">${L.percent(form.share)}${left() > 1 ? `, ${L.minutesLeft(left())}` : ''}</span><span role="status">${form.said}</span><button type="button" id="do-stop" @click=${() => {
    form.stop = true;
  }}>${L.stop}</button></div>`;

/** Draw an upload that is under way, where its own form is not shown. */
export const uploadElsewhere = () =>
  isBusy()
    ? html`<section class="card upload" aria-label=${L.upload}><h2>${L.elsewhere(form.of || L.dnc)}</h2>${running()}</section>`
    : nothing;

/** Draw the form for a list, or for the do-not-call numbers. `then` is called after an import. An upload elsewhere that is under way comes first. */
export const uploadForm = (of, fields, then) =>
  form.of !== of
    ? uploadElsewhere()
    : html`<section class="card upload" aria-label=${form.of ? L.upload : L.uploadNumbers}><h2>${form.of ? L.upload : L.uploadNumbers}</h2><p class="soft">${form.of ? L.uploadText : L.numbersText}</p>
  <div class="pair"><div><label for="file">${L.file}</label><input id="file" type="file" accept=".csv,.txt,.tsv,.ndjson,text/csv,text/plain" ?disabled=${isBusy()} @click=${chooseAgain} @change=${choose}></div>
    ${
      form.of
        ? html`<div><label for="duplicates">${L.duplicates}</label><select id="duplicates" @change=${event => set({ duplicates: event.target.value })}>${WHERE.map(one => html`<option value=${one} .selected=${one === form.duplicates}>${L.where[one]}</option>`)}</select></div>`
        : html`<div><label for="upload-campaign">${L.forCampaign}</label><input id="upload-campaign" list="names-campaign" autocomplete="off" spellcheck="false" placeholder=${L.system} .value=${form.campaign} @input=${event => set({ campaign: event.target.value.trim() })}>${namesList('campaign')}</div>
        <div><label for="upload-why">${L.why}</label><input id="upload-why" maxlength="200" autocomplete="off" .value=${form.why} @input=${event => set({ why: event.target.value })}></div>`
    }
    ${form.asksEncoding || form.encoding ? encodings() : nothing}</div>
  ${form.head.length ? matching(fields) : nothing}
  <p class="bad" role="alert" id="why-upload" tabindex="-1">${form.fault}</p>
  ${form.left ? html`<p class="notice" id="left-upload">${L.leftUpload(L.percent(form.left.received / Math.max(form.left.size, 1)))}</p>` : nothing}${isBusy() ? running() : nothing}
  ${form.tried ? report(form.tried, true) : nothing}${form.done ? report(form.done, false) : nothing}
  ${form.file && !form.done ? html`<p class="soft">${words.menu.command}</p>${copied('upload-command', command(!form.tried), words.menu.command)}` : nothing}
  <p class="acts">${
    form.done
      ? nothing
      : html`<button type="button" class=${form.tried ? '' : 'main'} id="do-try" aria-disabled=${form.file && !isBusy() ? 'false' : 'true'} @click=${() => send(true, then)}>${L.dryRun}</button>
    ${form.tried && form.file ? html`<button type="button" class="main" id="do-import" aria-disabled=${isBusy() ? 'true' : 'false'} @click=${() => send(false, then)}>${L.import}</button>` : nothing}`
  }</p></section>`;

/** Draw the choice of the encoding. The columns are named again as that encoding reads them. */
const encodings = () =>
  html`<div><label for="upload-encoding">${L.encodingOf}</label><input id="upload-encoding" list="names-encoding" maxlength="60" autocomplete="off" spellcheck="false" ?disabled=${isBusy()} .value=${form.encoding} @change=${event => rename(event.target.value.trim())}><datalist id="names-encoding">${ENCODINGS.map(one => html`<option value=${one}></option>`)}</datalist></div>`;

async function rename(encoding) {
  set({ encoding });
  if (!form.file || !form.of) return;
  try {
    form.head = await headOf(form.file, encoding);
  } catch {
    form.fault = L.unreadable;
  }
  change();
}

/** Draw the columns of the file: each is found by its name, or gets the field that is chosen. */
function matching(fields) {
  const found = new Map(form.tried?.report?.columns ?? []);
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${L.columns}><table class="list matching"><caption>${L.columnsText}</caption><thead><tr><th scope="col">${L.column}</th><th scope="col">${L.first}</th><th scope="col">${L.field}</th></tr></thead>
    <tbody>${form.head.map(
      ([name, value], n) =>
        html`<tr><th scope="row">${name}</th><td class="text" title=${value}>${value}</td><td><select id="column-${n}" aria-label=${L.fieldOf(name)} @change=${event => set({ columns: { ...form.columns, [name]: event.target.value } })}>
      <option value="" .selected=${!form.columns[name]}>${form.tried ? (found.has(name) ? L.byName(fieldName(found.get(name))) : L.leftOut) : L.byItsName}</option>${fields.map(([id, text]) => html`<option value=${id} .selected=${form.columns[name] === id}>${text}</option>`)}</select></td></tr>`,
    )}</tbody></table></div>`;
}

const fieldName = id => words.fields[id] ?? id;

/** Draw the counts of an import, what was rejected, and the first leads of a dry run. */
function report(job, isTry) {
  const leads = job.report,
    numbers = job.numbers,
    told = leads ?? numbers;
  const counts = leads
    ? [
        [isTry ? L.wouldImport : L.imported, leads.imported],
        [L.known, leads.duplicates],
        [L.rejected, leads.rejected],
        [L.unplaced, leads.unplaced],
      ]
    : [
        [isTry ? L.wouldAdd : L.added, numbers.created],
        [L.there, numbers.there],
        [L.rejected, numbers.rejected],
      ];
  return html`<div class="report" role="group" aria-label=${isTry ? L.tried : L.done}><h3 id=${isTry ? 'tried-upload' : 'done-upload'} tabindex="-1">${isTry ? L.tried : L.done} <span class="soft">${moment(job.began, local.user.timezone)}</span></h3><dl class="facts">${counts.map(([head, count]) => html`<div><dt>${head}</dt><dd>${L.number(count)}</dd></div>`)}</dl>
    ${leads?.unplaced ? html`<p class="notice">${L.unplacedText}</p>` : nothing}${leads?.unknown.length ? html`<p>${L.unknownColumns(leads.unknown.join(', '))}</p>` : nothing}${leads && leads.encoding !== 'utf-8' ? html`<p class="soft">${L.encoding(leads.encoding)}</p>` : nothing}
    ${told.rejected ? html`<ul class="reasons">${told.reasons.map(one => html`<li><b>${L.number(one.count)}</b> ${L.line(one.line)}: ${one.example}</li>`)}</ul>${told.rejects ? html`<p><a class="button" id="get-rejected" href=${api(`imports/${encodeURIComponent(job.id)}/rejected`)} download>${L.getRejected}</a> <span class="soft">${L.rejectedText}</span></p>` : nothing}` : nothing}
    ${isTry && leads?.preview.length ? preview(leads.preview) : nothing}</div>`;
}

const preview = rows =>
  html`<div class="scroll" tabindex="0" role="group" aria-label=${L.preview}><table class="list"><caption>${L.preview}</caption><thead><tr>${Object.keys(rows[0]).map(name => html`<th scope="col">${fieldName(name)}</th>`)}</tr></thead>
  <tbody>${rows.map(one => html`<tr>${Object.values(one).map(value => html`<td>${String(value)}</td>`)}</tr>`)}</tbody></table></div>`;
