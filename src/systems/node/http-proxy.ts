// The `http-proxy` package (also under the names node-http-proxy and http-proxy-middleware): a Node.js server that sends on what
// comes in. Always HTTP/1.1 upstream with `Connection: close`. Without `ws: true` an accepted upgrade hangs: the server behind has
// switched, and nobody carries it; so does what the server behind closes.
// Facts: seen with http-proxy 1.18.1 on Node 20.20.2 in front of Node's http with ws.

import { admit } from '../program/admit';
import { asksForUpgrade, Knock, Program, Seen } from '../program/knock';
import { Port } from '../program/port';

const PORT: Port = {
  http1: { http10: 'served', withoutHost: 400, toPreface: 400, toProxyLine: 400 },
  app: { status: 200, keepAliveSeconds: 6 },
};

export function httpProxy(settings: { readonly ws?: boolean }, behind: Program): Program {
  return (knock: Knock): Seen => {
    const gate = admit(PORT, knock);
    if (gate.is === 'answered') return gate.seen;
    const upgrade = asksForUpgrade(knock);
    if (upgrade && settings.ws && knock.method !== 'GET') return { kind: 'connection-closed' };
    if (upgrade && settings.ws) return behind({ ...knock, version: '1.1' });
    const seen = behind({ ...knock, version: '1.1', host: 'name' });
    return seen.kind === '101' || seen.kind === 'connection-closed' ? { kind: 'timeout' } : seen;
  };
}
