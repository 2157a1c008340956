// @ts-check
// The texts of the page, in the language of the page. Another language is another file.
export { words } from './words/en.js';
