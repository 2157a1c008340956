// @ts-check
// The TURN servers for a new connection. Their credential is fetched when it is needed, and again after half of its time.
import { request } from '../requests.js';

let known = [],
  until = 0;

/** Return the servers, in the form of RTCConfiguration; none if the server has none or does not answer. */
export async function iceServers() {
  if (performance.now() < until) return known;
  const answer = await request('GET', 'phone/servers');
  if (!answer.ok) return [];
  known = answer.body.ice_servers;
  until = performance.now() + answer.body.seconds * 500;
  return known;
}
