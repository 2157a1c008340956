// @ts-check
// The quality of the connection: one number in milliseconds and a word, and which side is bad.

const EACH = 2000; // milliseconds between two measurements
const BAD = { lost: 0.05, trip: 0.4 },
  FAIR = { lost: 0.02, trip: 0.2 };
const PATIENCE = 5000; // milliseconds of bad quality before a line says so

/** Measure a connection until it is closed; `told` gets {ms, word, side}. Return the function that ends it. */
export function measure(line, told) {
  let before = null,
    badSince = { here: 0, there: 0 };
  const timer = setInterval(async () => {
    if (line.connectionState !== 'connected') return;
    const now = figures(await line.getStats()),
      lost = before ? share(now.lost - before.lost, now.received - before.received) : 0;
    before = now;
    const at = performance.now(),
      here = lost > BAD.lost || now.trip > BAD.trip,
      there = now.lostThere > BAD.lost;
    badSince = { here: here ? badSince.here || at : 0, there: there ? badSince.there || at : 0 };
    const long = since => since && at - since >= PATIENCE;
    told({
      ms: Math.round(now.trip * 1000),
      word: word(Math.max(lost, now.lostThere), now.trip),
      side: long(badSince.here) ? 'badHere' : long(badSince.there) ? 'badThere' : '',
    });
  }, EACH);
  return () => clearInterval(timer);
}

const share = (lost, received) => (lost > 0 ? lost / (lost + Math.max(received, 1)) : 0);
const word = (lost, trip) =>
  lost > BAD.lost || trip > BAD.trip ? 'bad' : lost > FAIR.lost || trip > FAIR.trip ? 'fair' : 'good';

function figures(stats) {
  const found = { lost: 0, received: 0, trip: 0, lostThere: 0 };
  for (const row of stats.values()) {
    if (row.type === 'inbound-rtp') Object.assign(found, { lost: row.packetsLost, received: row.packetsReceived });
    if (row.type === 'remote-inbound-rtp') found.lostThere = row.fractionLost ?? 0;
    if (row.type === 'candidate-pair' && row.nominated) found.trip = row.currentRoundTripTime ?? 0;
  }
  return found;
}
