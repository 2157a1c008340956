// @ts-check
// What the page loads for supervisors.
import './choosing.js';
import './unattended.js';

export { overviewChanged } from './changed.js';
export { overviewPage } from './page.js';
export { wallPage } from './wall.js';

// Their styles come with them: an agent's page does without.
const loaded = name =>
  new Promise((resolve, reject) => {
    document.head.append(
      Object.assign(document.createElement('link'), {
        rel: 'stylesheet',
        href: new URL(name, import.meta.url),
        onload: resolve,
        onerror: reject,
      }),
    );
  });
await Promise.all(['../overview.css', '../pages/menu.css'].map(loaded));
