// The microphone of the page is a tone of 0.1 s that comes each second. Channel 0 of the listener is the tone as it
// leaves, channel 1 is what comes back; `ways` has the seconds between the two.
globalThis.ways = [];
{
  const context = new AudioContext({sampleRate: 48000, latencyHint: "interactive"});
  const mouth = context.createMediaStreamDestination(), both = context.createChannelMerger(2);
  const tone = new OscillatorNode(context, {frequency: 700}), level = new GainNode(context, {gain: 0});
  tone.connect(level);
  level.connect(mouth);
  level.connect(both, 0, 0);
  tone.start();
  const listener = context.createScriptProcessor(1024, 2, 1), quiet = [1e9, 1e9];
  let left = 0;
  listener.onaudioprocess = event => {
    for (const side of [0, 1]) event.inputBuffer.getChannelData(side).forEach((sample, n) => {
      if (Math.abs(sample) < 0.02) { quiet[side] += 1; return; }
      const at = event.playbackTime + n / context.sampleRate;
      if (quiet[side] > 9600 && side === 0) left = at;
      if (quiet[side] > 9600 && side === 1 && left) { ways.push(at - left); left = 0; }
      quiet[side] = 0;
    });
  };
  both.connect(listener).connect(context.destination);
  setInterval(() => {
    level.gain.setValueAtTime(0.5, context.currentTime + 0.01);
    level.gain.setValueAtTime(0, context.currentTime + 0.11);
  }, 1000);
  navigator.mediaDevices.getUserMedia = async () => mouth.stream.clone();
  addEventListener("click", () => context.resume());
  const Plain = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Plain {
    constructor(...how) {
      super(...how);
      this.addEventListener("track", event => {
        context.createMediaStreamSource(new MediaStream([event.track])).connect(both, 0, 1);
      });
    }
  };
}
