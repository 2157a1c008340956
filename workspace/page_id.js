// @ts-check
// The name of this page among the pages of an agent. A reload is another page.
export const pageId = Array.from(crypto.getRandomValues(new Uint8Array(12)), byte =>
  byte.toString(16).padStart(2, '0'),
).join('');
