// @ts-check
// Microphones and loudspeakers: which there are, which is chosen in this browser, and whether the one in use was pulled.
import { change, local } from '../state.js';

/** @typedef {'audioinput' | 'audiooutput'} Kind */

const SETTING = { audioinput: 'warmline-microphone', audiooutput: 'warmline-loudspeaker' }; // the id means nothing to another browser
const DEFAULT = 'default'; // a further entry for the device that the system has chosen

/** @type {MediaDeviceInfo[]} */
let known = [];

/** Return the devices of a kind, once the browser may name them. */
export const devices = (/** @type {Kind} */ kind) =>
  known.filter(one => one.kind === kind && one.deviceId && one.deviceId !== DEFAULT);

/** Return the id of the chosen device, or "" for the browser's default. */
export function chosen(/** @type {Kind} */ kind) {
  try {
    return localStorage.getItem(SETTING[kind]) ?? '';
  } catch {
    return '';
  }
}

/** Choose a device for this browser; "" is its default. */
export function choose(/** @type {Kind} */ kind, id) {
  try {
    localStorage.setItem(SETTING[kind], id);
  } catch {
    /* only for now */
  }
  forgetPulled(kind);
  document.dispatchEvent(new CustomEvent('device-chosen', { detail: kind }));
}

/** Return the id of the chosen device if it is there, else "". */
export const present = (/** @type {Kind} */ kind) =>
  devices(kind).some(one => one.deviceId === chosen(kind)) ? chosen(kind) : '';

/** Return the device of a kind that is used: the chosen one, or the system's. */
function used(kind) {
  const all = known.filter(one => one.kind === kind);
  const system = all.find(one => one.deviceId === DEFAULT) ?? all[0];
  return (
    all.find(one => one.deviceId === chosen(kind)) ??
    devices(kind).find(one => one.groupId === system?.groupId) ??
    system
  );
}

/** Read the list of devices again. One that was in use and is gone is kept in `local.pulled`, by its name, until it is back. */
export async function readDevices() {
  const found = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  const before = { audioinput: used('audioinput'), audiooutput: used('audiooutput') };
  known = found;
  for (const kind of /** @type {Kind[]} */ (Object.keys(SETTING))) {
    const isThere = name => devices(kind).some(one => one.label === name);
    const name = before[kind]?.label;
    if (local.pulled[kind] && isThere(local.pulled[kind])) forgetPulled(kind);
    else if (name && before[kind].deviceId !== DEFAULT && !isThere(name)) pull(kind, name);
  }
  change();
}

const pull = (kind, name) => change({ pulled: { ...local.pulled, [kind]: name } });

function forgetPulled(kind) {
  change({ pulled: { ...local.pulled, [kind]: '' } });
}

/** Return the name of the device that is used now in place of one that was pulled, or "". */
export const usedName = (/** @type {Kind} */ kind) => used(kind)?.label ?? '';

navigator.mediaDevices?.addEventListener('devicechange', async () => {
  await readDevices();
  document.dispatchEvent(new CustomEvent('devices-changed'));
});
