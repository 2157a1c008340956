// The page for developers: the OpenAPI document of /api/v1 as people read it. It sends no request but the one for it.
import { html, nothing, render } from '../vendor/lit-html.js';
import { contentOf, curl, matches, operationsOf, successes } from './operations.js';
import { row, schemaPart, table, typeOf } from './schemas.js';
import { words } from './words.js';

const page = { document: null, operations: [], filter: '', opened: new Set(), why: words.loading };
const root = document.getElementById('page');

const draw = () =>
  render(
    page.document
      ? whole()
      : html`<main class="stack developers"><h1>${words.title}</h1><p role="status">${page.why}</p></main>`,
    root,
  );

function whole() {
  const shown = page.operations.filter(one => matches(one, page.filter));
  const groups = page.document.tags
    .map(tag => ({ ...tag, operations: shown.filter(one => one.tag === tag.name) }))
    .filter(tag => tag.operations.length);
  return html`<header class="top"><h1>${words.product} <span class="soft">${words.title}</span></h1>
    <div class="filter"><label for="filter">${words.filter}</label><input id="filter" type="search" autocomplete="off" spellcheck="false" .value=${page.filter} @input=${filtered}></div>
    <p role="status">${shown.length ? words.count(shown.length, page.operations.length) : words.none}</p></header>
    <nav class="groups" aria-label=${words.groups}><ul>${groups.map(tag => html`<li><a href="#group-${tag.name}">${tag.name}</a> <small>${tag.operations.length}</small></li>`)}
      <li><a href="#schemas">${words.schemas}</a></li><li><a href="../api/v1/openapi.json">${words.document}</a></li><li><a href="./">${words.work}</a></li></ul></nav>
    <main class="developers"><p>${page.document.info.description}</p><p>${words.about} ${words.token[0]}<code>${words.token[1]}</code>${words.token[2]}</p>
      ${groups.map(group)}${page.filter ? nothing : schemas()}</main>`;
}

const group = tag =>
  html`<section class="card" aria-labelledby="group-${tag.name}"><h2 id="group-${tag.name}" tabindex="-1">${tag.name}</h2><p class="soft">${tag.description}</p>${tag.operations.map(operation)}</section>`;

const schemas = () =>
  html`<section class="card" aria-labelledby="schemas"><h2 id="schemas" tabindex="-1">${words.schemas}</h2>
  ${Object.entries(page.document.components.schemas).map(([name, schema]) => foldable(name, html`<code class="path">${name}</code>`, () => schemaPart(schema, name)))}</section>`;

/** Draw a part whose content is drawn when it is opened: most of them never are. */
const foldable = (id, head, content) =>
  html`<details id=${id} ?open=${page.opened.has(id)} @toggle=${event => toggled(id, event.target.open)}><summary>${head}</summary>
  ${page.opened.has(id) ? html`<div class="inside">${content()}</div>` : nothing}</details>`;

const operation = told =>
  foldable(
    told.operationId,
    html`<span class="method" data-method=${told.method}>${told.method}</span> <code class="path">${told.path}</code> <span class="summary">${told.summary}</span>`,
    () => {
      const body = contentOf(told.requestBody),
        answers = successes(told),
        [status, answer] = answers[0],
        given = contentOf(answer);
      return html`<p>${scopeOf(told)}</p>
    ${
      told.parameters.length
        ? html`<h3>${words.parameters}</h3>${table(
            [words.field, words.place, words.type, words.meaning],
            told.parameters.map(one =>
              row(one.name, one.schema, {
                place: words.places[one.in],
                meaning: one.description,
                needed: one.required,
              }),
            ),
            words.parameters,
          )}`
        : nothing
    }
    ${body ? html`<h3>${told.requestBody.required ? words.body : words.optionalBody}</h3>${bodyParts(body.schema)}` : nothing}
    <h3>${words.answers}</h3>${table([words.status, words.type, words.meaning], Object.entries(told.responses).map(answerRow), words.answers)}
    <h3>${words.request}</h3><pre><code>${curl(told)}</code></pre>
    ${given?.example === undefined ? nothing : html`<h3>${words.answer(status)}</h3><pre><code>${typeof given.example === 'string' ? given.example : JSON.stringify(given.example, null, 2)}</code></pre>`}`;
    },
  );

function scopeOf(told) {
  if (told.isOpen) return words.open;
  return told.scopes.length ? html`${words.scope} ${told.scopes.map(scope => html`<code>${scope}</code>`)}` : words.any;
}

/** Draw the fields of a body, or of each kind of body. */
function bodyParts(schema) {
  const named = (schema.anyOf ?? [schema]).map(
    one => page.document.components.schemas[one.$ref?.split('/').at(-1)] ?? one,
  );
  return named.map(one => schemaPart(one, words.body));
}

const answerRow = ([status, answer]) =>
  html`<tr><th scope="row">${status}</th><td>${given(contentOf(answer))}</td><td>${answer.description}</td></tr>`;

const given = content =>
  content?.media === 'application/json' || content?.media.includes('problem') ? typeOf(content.schema) : content?.media;

function filtered(event) {
  page.filter = event.target.value.trim();
  draw();
}

function toggled(id, isOpen) {
  if (isOpen === page.opened.has(id)) return;
  if (isOpen) page.opened.add(id);
  else page.opened.delete(id);
  draw();
}

/** Open what the address names, and show it. */
function follow() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id) return;
  page.filter = '';
  page.opened.add(id);
  draw();
  const found = document.getElementById(id),
    target = found?.querySelector('summary') ?? found;
  target?.scrollIntoView();
  target?.focus({ preventScroll: true });
}

async function begin() {
  draw();
  try {
    const answer = await fetch('../api/v1/openapi.json');
    if (!answer.ok) throw new Error(answer.status);
    page.document = await answer.json();
    page.operations = operationsOf(page.document);
  } catch {
    page.why = words.failed;
  }
  draw();
  follow();
}

addEventListener('hashchange', follow);
begin();
