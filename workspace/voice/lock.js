// @ts-check
// One page of a browser has the voice: the tabs tell by a lock. Between browsers the server decides.

const NAME = 'warmline-voice';
let release = null,
  controller = null;

/** Take the voice if no other tab has it, or from the tab that has it. Return whether this page has it now.
 *
 * The tab that loses the lock keeps its line until the server has the new one: until then it is the one that is heard. */
export async function takeVoice({ steal = false } = {}) {
  if (release || !navigator.locks) return true;
  return new Promise(resolve => {
    /** @returns {Promise<void>} */
    const held = lock =>
      new Promise(free => {
        if (!lock) {
          resolve(false);
          free();
          return;
        }
        release = () => {
          release = null;
          free();
        };
        resolve(true);
      });
    navigator.locks.request(NAME, steal ? { steal } : { ifAvailable: true }, held).catch(() => {
      release = null;
    });
  });
}

/** Wait until no other tab has the voice, then call `whenFree`; one wait at a time. */
export function waitForVoice(whenFree) {
  if (release || controller || !navigator.locks) return;
  controller = new AbortController();
  navigator.locks
    .request(NAME, { signal: controller.signal }, async () => {})
    .then(() => {
      controller = null;
      whenFree();
    })
    .catch(() => {
      controller = null;
    });
}

/** Give the voice to the tab that wants it next. */
export const giveVoice = () => release?.();
