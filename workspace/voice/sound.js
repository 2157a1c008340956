// The page's own sounds. The first click lets the browser play them; no call depends on that.

let context = null;

/** Let the browser play sound. Call it in a click. */
export function unlock() {
  if (!(navigator.userActivation?.hasBeenActive ?? true)) return;
  context ??= globalThis.AudioContext ? new AudioContext() : null;
  context?.resume();
}

/** Return the audio context, or null where the browser has none. */
export function audio() { unlock(); return context; }

/** Play a short, soft beep of two tones. */
export function beep() {
  const to = audio();
  if (!to) return;
  for (const [n, hertz] of [660, 880].entries()) {
    const tone = new OscillatorNode(to, { frequency: hertz }), level = new GainNode(to, { gain: 0 });
    const at = to.currentTime + n * 0.14;
    level.gain.setValueAtTime(0, at);
    level.gain.linearRampToValueAtTime(0.2, at + 0.02);
    level.gain.linearRampToValueAtTime(0, at + 0.13);
    tone.connect(level).connect(to.destination);
    tone.start(at);
    tone.stop(at + 0.14);
  }
}
