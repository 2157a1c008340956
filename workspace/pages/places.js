// @ts-check
// The pages for those who lead: the address of each one, the right that it needs, and its key.
const REACHES = ['group', 'all']; // of a right, for somebody who leads
const OWN = 'own'; // of an agent's right

const PLACES = {
  live: { address: './?view=overview', right: 'agents:read', key: 'v' },
  reports: { address: 'reports.html', right: 'reports:read', key: 'n' },
  calls: { address: 'calls.html', right: 'calls:read', key: 'k', forAgents: true },
  leads: { address: 'leads.html', right: 'leads:write', key: 'l' },
  callbacks: { address: 'callbacks.html', right: 'calls:read', key: 'h' },
  people: { address: 'people.html', right: 'agents:read', key: 'o' },
  config: { address: 'config.html', right: 'config:write', key: 'g' },
};

/** Return the pages that the server lets this person read: name, address and key. An agent has the page of the own calls. */
export const placesOf = user =>
  Object.entries(PLACES)
    .filter(([, { right, forAgents }]) => [...REACHES, ...(forAgents ? [OWN] : [])].includes(user?.rights?.[right]))
    .map(([name, place]) => ({ name, ...place }));

const LEADS = ['manager', 'admin']; // roles whose own page is that of the reports
const KNOWN = /^(reports|calls|leads|callbacks|people|config)\.html(\?[^#]*)?$/; // what an address may name: a page of this folder, and nothing else

/** Return the page to which an address leads after the login: the one that asked for the login, or that of the role; "" for the workspace. */
export function destination(user, search = location.search) {
  const asked = new URLSearchParams(search),
    wanted = asked.get('to') ?? '';
  if (KNOWN.test(wanted)) return wanted;
  return asked.get('view') === 'home' && LEADS.includes(user.role) && placesOf(user).some(one => one.name === 'reports')
    ? PLACES.reports.address
    : '';
}
