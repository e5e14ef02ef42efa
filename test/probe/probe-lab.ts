// Asks a server of the lab with the probe: what it says of each client has to be what the model says of the same knock.
// Not here: which servers (lab.test.ts, lab-chains.test.ts).

import { probe } from '../../src/probe';
import { ClientId, CLIENTS, Outcome } from '../../src/protocol';
import { Knock, Seen } from '../../src/systems/program/knock';
import { knockAt } from '../lab/client';
import { knockOf } from '../lab/lab-clients';
import { LabServer, site } from '../lab/running';
import { knocksFor, limited, warmUp } from '../lab/try-server';

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

/** Servers that are up at the same time; most of what they take is waiting. */
const AT_ONCE = 3;

/** One test for each server. Not tried: forward proxies, which are asked for whole URLs or for a tunnel; the probe asks endpoints. */
export function probeServers(all: readonly LabServer[]): void {
  const servers = all.filter(({ absoluteForm, name }) => !absoluteForm && !/CONNECT|forward/.test(name));
  const turn = limited(AT_ONCE);
  let tried = 0;
  afterAll(() => console.info(`The probe tried ${tried} clients at ${servers.length} servers of the lab.`));
  if (servers.length === 0) test.skip('no server can be started here', () => undefined);
  for (const server of servers) {
    test.concurrent(`${server.name}, ${server.listener}`, async () => {
      const seen = await turn(() => compared(server));
      tried += seen.tried;
      expect(seen.differ).toEqual([]);
      expect(seen.tried).toBeGreaterThan(0);
    }, 240_000);
  }
}

async function compared(server: LabServer): Promise<{ tried: number; differ: string[] }> {
  const place = await site(server.name);
  const running = await server.start(place);
  try {
    await warmUp(server, knocksFor(server), (knock, bound) => knockAt(place.port, knock, running.tunnelTo, bound));
    const rows = await probed(server, place.port, 3);
    const differ = rows.filter(({ outcome, predicted }) => outcome !== predicted);
    // Again, with patience, in case the machine was busy; it is not busy with everything.
    const again = differ.length > 0 ? await probed(server, place.port, 8, differ.map(({ client }) => client)) : [];
    const lines = again.filter(({ outcome, predicted }) => outcome !== predicted);
    return { tried: rows.length, differ: lines.map(({ client, outcome, predicted, says }) => `${client}: foretold ${predicted}, seen ${outcome} (${says})`) };
  } finally {
    await running.end();
  }
}

async function probed(server: LabServer, port: number, timeoutSeconds: number, only?: readonly ClientId[]) {
  const grpc = /grpc/.test(server.name) ? '/lab.Echo/Say' : undefined;
  const url = `${server.listener === 'tls' ? 'https' : 'http'}://lab.test:${port}/`;
  const { clients } = await probe(url, { address: '127.0.0.1', webSocket: server.webSocketPath ?? '/ws', grpc, insecure: true, timeoutSeconds, clients: only });
  return clients.flatMap(({ client, outcome, evidence }) => {
    const knock = knockFor(client, server);
    return knock ? [{ client, outcome, says: evidence.says, predicted: outcomeOf(client, server.model(knock)) }] : [];
  });
}
