// One attempt, tried for real: opens the connection, asks, and says what was seen. Never throws, and never takes longer than twice the
// given time. Not here: what is tried (attempts.ts), what it means (outcome.ts, diagnosis.ts).

import { Attempt } from './attempts';
import { Evidence, Failed } from './evidence';
import { plain } from './foreign';
import { askHttp1, Heard } from './http1';
import { askHttp2 } from './http2';
import { openClear, Opened, openTls, Place } from './open';

export async function connect(attempt: Attempt, place: Place): Promise<Evidence> {
  const started = Date.now();
  let opened: Opened | undefined;
  try {
    opened = attempt.tls ? await openTls(place, attempt.tls) : await openClear(place);
    const heard: Heard | Failed = 'end' in opened ? opened : await converse(opened, attempt, place);
    const { tls } = opened;
    return { ...(tls ? { tls } : {}), ...heard, milliseconds: Date.now() - started };
  } catch (error) {
    return { end: 'untested', says: `the probe itself failed: ${plain((error as Error).message)}`, milliseconds: Date.now() - started };
  } finally {
    if (opened && 'socket' in opened) opened.socket.destroy();
  }
}

function converse(opened: Extract<Opened, { socket: unknown }>, attempt: Attempt, place: Place): Promise<Heard> | Heard {
  const { socket, tls } = opened;
  if (attempt.ask === 'nothing') return { end: 'open', says: `the TLS handshake succeeds${tls?.alpn ? ` and selects ${tls.alpn}` : ' without a selection by ALPN'}` };
  const two = tls?.alpn === 'h2';
  if ((attempt.version === '2' || attempt.needsAlpn) && !two) return { end: 'client-refuses', says: 'h2 is offered by ALPN and not selected, and the client speaks nothing else' };
  return two ? askHttp2(socket, attempt, place) : askHttp1(socket, attempt, place);
}
