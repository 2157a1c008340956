// What the page loads for supervisors.
import './choosing.js';
import './unattended.js';

export { overviewChanged } from './changed.js';
export { overviewPage } from './page.js';
export { wallPage } from './wall.js';
