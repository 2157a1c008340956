// What the page loads for supervisors.
import './choosing.js';
import './unattended.js';

export { overviewChanged } from './changed.js';
export { overviewPage } from './page.js';
export { wallPage } from './wall.js';

// Their styles come with them: an agent's page does without.
const styles = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: new URL('../overview.css', import.meta.url) });
await new Promise((resolve, reject) => {
  Object.assign(styles, { onload: resolve, onerror: reject });
  document.head.append(styles);
});
