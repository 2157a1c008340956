// @ts-check
// The microphone: which one, why there is none, and its level while it is tried.
import { change, local } from '../state.js';
import { chosen, readDevices } from './devices.js';
import { audio, release } from './sound.js';

const CLEAN = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

let trying = null;

/** Return the track of the microphone. Throws an Error whose message is denied, missing or insecure. */
export async function openMicrophone() {
  if (!navigator.mediaDevices?.getUserMedia) throw new Error('insecure');
  const id = chosen('audioinput');
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { ...CLEAN, ...globalThis.warmlineAudio, ...(id && { deviceId: { ideal: id } }) },
    });
    await readDevices();
    return stream.getAudioTracks()[0];
  } catch (error) {
    throw new Error(error.name === 'NotAllowedError' ? 'denied' : 'missing', { cause: error });
  }
}

/** Show the level until `stopMeter`; return "" or why there is none. */
export async function startMeter() {
  let track;
  try {
    track = await openMicrophone();
  } catch (error) {
    return error.message;
  }
  const context = audio(),
    node = context.createAnalyser(),
    samples = new Float32Array((node.fftSize = 1024));
  context.createMediaStreamSource(new MediaStream([track])).connect(node);
  const timer = setInterval(() => {
    node.getFloatTimeDomainData(samples);
    const loud = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
    change({ meter: { level: Math.min(1, Math.max(0, 1 + Math.log10(loud + 1e-4) / 3)) } });
  }, 100);
  trying = { track, timer };
  change({ meter: { level: 0 }, phone: { ...local.phone, state: local.phone.state === 'up' ? 'up' : 'off' } });
  return '';
}

/** End the try. */
export function stopMeter() {
  if (!trying) return;
  clearInterval(trying.timer);
  trying.track.stop();
  release();
  trying = null;
  change({ meter: null });
}

// A try that runs goes on with another microphone that is chosen.
document.addEventListener('device-chosen', event => {
  if (!trying || /** @type {CustomEvent} */ (event).detail !== 'audioinput') return;
  stopMeter();
  startMeter();
});
