// @ts-check
// The page's own sounds. The first click lets the browser play them; no call depends on that.
// A context that runs takes processor time also in silence. So it is suspended while nothing uses it.

import { present } from './devices.js';

let context = null,
  uses = 0;

/** Let the browser play sound. Call it in a click. */
export function unlock() {
  if (!(navigator.userActivation?.hasBeenActive ?? true)) return;
  context ??= globalThis.AudioContext ? new AudioContext() : null;
  context?.setSinkId?.(present('audiooutput')).catch(() => {}); // not there: the browser's default
  context?.resume().then(suspendIdle);
}

function suspendIdle() {
  if (!uses) context.suspend();
}

/** Return the audio context until `release`, or null where the browser has none. */
export function audio() {
  uses += 1;
  unlock();
  return context;
}

/** End a use of the audio context. */
export function release() {
  uses -= 1;
  if (context) suspendIdle();
}

/** Play a short, soft beep of two tones. */
export function beep() {
  const to = audio();
  if (!to) {
    release();
    return;
  }
  let last;
  for (const [n, hertz] of [660, 880].entries()) {
    const tone = (last = new OscillatorNode(to, { frequency: hertz })),
      level = new GainNode(to, { gain: 0 });
    const at = to.currentTime + n * 0.14;
    level.gain.setValueAtTime(0, at);
    level.gain.linearRampToValueAtTime(0.2, at + 0.02);
    level.gain.linearRampToValueAtTime(0, at + 0.13);
    tone.connect(level).connect(to.destination);
    tone.start(at);
    tone.stop(at + 0.14);
  }
  last.onended = release;
}
