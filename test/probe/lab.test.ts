// The probe against the servers of the lab, whose models are true of them (test/lab): what the probe says of each client has to be what
// the model says of the same knock. And what the models foretell is what the diagnosis has to explain.

import { probe } from '../../src/probe';
import { ClientId, CLIENTS, Outcome } from '../../src/protocol';
import { Knock, Seen } from '../../src/systems/program/knock';
import { backends } from '../lab/in-front';
import { knockOf } from '../lab/lab-clients';
import { LabServer, site } from '../lab/running';
import { haproxyBefore, haproxyPresent } from '../lab/servers-of-haproxy';
import { nginxBefore, nginxPresent, WEB_SOCKET_MAP } from '../lab/servers-of-nginx';
import { nodeServers } from '../lab/servers-of-node';

/** Which knock of the lab a client is; those over TLS differ by their hello. */
const KNOCKS: Partial<Record<ClientId, string>> = {
  'http/1.0': 'h1.0',
  'http/1.1': 'h1.1',
  'h2': 'tls-to-plain-port',
  'ws': 'ws',
  'wss': 'ws',
  'wss-browser': 'ws',
  'grpc': 'grpc-post-h2',
  'tls1.0': 'tls1.0-only',
  'tls1.1': 'tls1.1-only',
  'tls1.2-only': 'tls1.2-only',
  'tls1.3-only': 'tls1.3-only',
  'python-aiohttp': 'tls-no-alpn',
  'internet-explorer-11': 'tls-no-alpn',
  'java-8': 'tls-no-alpn',
};

function knockFor(id: ClientId, { listener, model }: LabServer): Knock | undefined {
  if (id === 'wss-alpn-h2') {
    const bytes = knockOf('wss-h1-bytes-but-offers-h2', 'tls')!;
    return model({ ...bytes, path: '/' }).alpn === 'h2' ? knockOf('ws-over-h2', 'tls') : bytes;
  }
  const knock = KNOCKS[id] === undefined ? undefined : knockOf(KNOCKS[id]!, listener);
  if (!knock || listener === 'clear') return knock;
  const { tls, alpn } = CLIENTS[id];
  return { ...knock, hello: { ...knock.hello!, versions: tls, alpn } };
}

/** The words of the models in those of the probe. */
function outcomeOf(id: ClientId, seen: Seen): Outcome | 'no-answer' {
  const { kind, needsAlpn } = CLIENTS[id];
  switch (seen.kind) {
    case 'tls-failure': return 'tls-handshake-failure';
    case '101': return seen.frames === false ? 'ws-close-1006' : 'served';
    case 'status':
      if (kind === 'websocket' && seen.alpn !== 'h2') return seen.status < 300 ? 'ws-handshake-failure' : (String(seen.status) as Outcome);
      return seen.status < 300 ? 'served' : (String(seen.status) as Outcome);
    case 'unknown': return 'unknown';
    case 'client-refuses':
    case 'wrong-protocol':
    case 'connection-closed':
    case 'timeout':
      if (kind === 'websocket') return 'ws-handshake-failure';
      return needsAlpn && seen.kind === 'wrong-protocol' && seen.alpn !== 'h2' ? 'tls-handshake-failure' : 'no-answer';
    default: return seen satisfies never;
  }
}

async function compared(server: LabServer): Promise<{ tried: number; differ: string[] }> {
  const place = await site(server.name);
  const running = await server.start(place);
  try {
    const grpc = /grpc/.test(server.name) ? '/lab.Echo/Say' : undefined;
    const url = `${server.listener === 'tls' ? 'https' : 'http'}://lab.test:${place.port}/`;
    const { clients } = await probe(url, { address: '127.0.0.1', webSocket: '/ws', grpc, insecure: true, timeoutSeconds: 3 });
    const rows = clients.flatMap(({ client, outcome, evidence }) => {
      const knock = knockFor(client, server);
      return knock ? [{ client, outcome, says: evidence.says, predicted: outcomeOf(client, server.model(knock)) }] : [];
    });
    const differ = rows.filter(({ outcome, predicted }) => outcome !== predicted);
    return { tried: rows.length, differ: differ.map(({ client, outcome, predicted, says }) => `${client}: foretold ${predicted}, seen ${outcome} (${says})`) };
  } finally {
    await running.end();
  }
}

/** Cleartext gRPC is not a matter of the probe; socket.io has a path of its own. */
const servers: LabServer[] = nodeServers().filter(({ name }) => !/grpc-js|socket\.io/.test(name));
const { ws, upgrades, page, h2, both } = backends();
if (nginxPresent()) {
  const clear = ws as LabServer;
  const locations = (how: object) => ({ locations: [{ does: { is: 'proxy_pass' as const, ...how } }] });
  const tls = { tls: { protocols: ['1.2', '1.3'] as const }, http2: 'listen' as const };
  servers.push(
    nginxBefore('proxy_pass', locations({}), clear),
    nginxBefore('proxy_pass with Upgrade headers', locations(WEB_SOCKET_MAP), clear),
    nginxBefore('proxy_pass, TLS', { ...locations({}), ...tls }, upgrades as LabServer),
    nginxBefore('proxy_pass with Upgrade headers, TLS', { ...locations(WEB_SOCKET_MAP), ...tls }, upgrades as LabServer),
    nginxBefore('TLS, ssl_verify_client on', { locations: [{ does: { is: 'content' } }], ...tls, tls: { verifyClient: 'on' } }),
  );
}
if (haproxyPresent()) {
  const before = { mode: 'http' as const, server: {} };
  servers.push(
    haproxyBefore('clear', { ...before, bind: {} }, ws as LabServer),
    haproxyBefore('TLS, both', { ...before, bind: { tls: { alpn: ['h2', 'http/1.1'] } } }, upgrades as LabServer),
    haproxyBefore('TLS without alpn', { ...before, bind: { tls: {} } }, page as LabServer),
    haproxyBefore('TLS 1.3 alone', { ...before, bind: { tls: { alpn: ['h2', 'http/1.1'], min: '1.3' } } }, upgrades as LabServer),
    haproxyBefore('ssl to an HTTP/2-only server', { ...before, server: { tls: {} }, bind: {} }, h2 as LabServer),
    haproxyBefore('ssl to both', { ...before, server: { tls: { alpn: ['h2', 'http/1.1'] } }, bind: {} }, both as LabServer),
  );
}

let tried = 0;
afterAll(() => console.info(`The probe tried ${tried} clients at ${servers.length} servers of the lab.`));

test.each(servers.map((server): [string, LabServer] => [`${server.name}, ${server.listener}`, server]))('%s', async (_, server) => {
  const seen = await compared(server);
  tried += seen.tried;
  expect(seen.differ).toEqual([]);
  expect(seen.tried).toBeGreaterThan(0);
}, 60_000);

