// @ts-check
// The addresses of a new connection, which its offer names.

const GATHER = 400; // milliseconds for addresses at most: "complete" takes half a minute where a server is silent
const ENOUGH = 50; // milliseconds after the first address

/**
 * Wait until a connection with a local description has addresses, and 50 ms more; 400 ms at most.
 * @param {RTCPeerConnection} one
 * @returns {Promise<void>}
 */
export function addresses(one) {
  return new Promise(resolve => {
    setTimeout(resolve, GATHER);
    one.onicecandidate = event => (event.candidate ? setTimeout(resolve, ENOUGH) : resolve());
  });
}
