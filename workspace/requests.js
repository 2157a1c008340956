// Requests to the server that sent this page. The browser adds the session's cookie by itself.

export class Refused extends Error {
  // `code` is a word that stays the same; the message is the server's sentence.
  constructor(status, code, detail) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

// Send a request; `path` is relative to the server's root, `body` is sent as JSON. Return the JSON of the answer.
// Throws Refused, or TypeError if the server cannot be reached.
export async function ask(method, path, body) {
  const headers = {};
  if (method !== "GET") headers["X-Warmline"] = "1";
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const answer = await fetch(`../${path}`, { method, headers, body: sent, credentials: "same-origin" });
  const isJson = /\bjson\b/.test(answer.headers.get("Content-Type") ?? "");
  const told = isJson ? await answer.json() : { detail: await answer.text() };
  if (!answer.ok) throw new Refused(answer.status, told.code ?? "", told.detail || answer.statusText);
  return told;
}
