// Asks a server of the lab everything, and compares what is seen with what its model says: one test a server, the rows inside, and
// a row that differs prints both. Not here: which servers there are.

import { knockAt } from './client';
import { knockOf, LAB_CLIENTS, Listener } from './lab-clients';
import { LabServer, Running, site } from './running';
import { Knock, nameSeen, Seen } from '../../src/systems/program/knock';

const MEANT_FOR: Readonly<Record<string, Listener>> = {
  'h2-tls': 'tls', 'plain-to-tls-port': 'tls', 'h2c-prior-knowledge': 'clear', 'h2c-scheme-https': 'clear', 'tls-to-plain-port': 'clear',
};

/** Every client that makes sense at a listener; h3 needs a client of its own, and idling is cut short. */
function knocksFor({ listener, model, webSocketPath, absoluteForm, without }: LabServer): [string, Knock][] {
  const ids = Object.keys(LAB_CLIENTS).filter((id) => {
    if (id === 'h3' || without?.[id]) return false;
    // Silence is watched where there is a WebSocket.
    if (id === 'ws-silent' && model(knockAtPath('ws', listener, webSocketPath)).kind !== '101') return false;
    return (MEANT_FOR[id] ?? (/^(tls|wss)/.test(id) ? 'tls' : listener)) === listener;
  });
  return ids.map((id) => {
    const knock = knockAtPath(id, listener, webSocketPath);
    return [id, { ...knock, ...(absoluteForm ? { absoluteForm } : {}), ...(knock.idleSeconds === undefined ? {} : { idleSeconds: 1 }) }];
  });
}

function knockAtPath(id: string, listener: Listener, webSocketPath: string | undefined): Knock {
  const knock = knockOf(id, listener)!;
  return webSocketPath && knock.path === '/ws' ? { ...knock, path: webSocketPath } : knock;
}

/** As the lab judges: kind, status, what was switched to, and ALPN and TLS version where both sides say. */
function same(predicted: Seen, seen: Seen): boolean {
  if (predicted.kind !== seen.kind) return false;
  if ('status' in predicted && 'status' in seen && predicted.status !== seen.status) return false;
  if (predicted.kind === '101' && seen.kind === '101') {
    if (predicted.to !== seen.to || (predicted.to === 'websocket' && predicted.frames !== seen.frames)) return false;
  }
  if (seen.kind === 'tls-failure') return true;
  return predicted.alpn === seen.alpn && predicted.tls === seen.tls;
}

/** One test for each server, and the number of rows at the end. */
export function tryServers(servers: readonly LabServer[]): void {
  let rows = 0;
  afterAll(() => console.info(`The lab tried ${rows} knocks at ${servers.length} servers.`));
  if (servers.length === 0) test.skip('no server can be started here', () => undefined);
  for (const server of servers) {
    test(`${server.name}, ${server.listener}`, async () => {
      const [tried, differ] = await tryServer(server);
      rows += tried;
      expect(differ).toEqual([]);
    }, 90_000);
  }
}

async function tryServer(server: LabServer): Promise<[number, string[]]> {
  const place = await site(server.name);
  const differ: string[] = [];
  const knocks = knocksFor(server);
  let running: Running | undefined;
  try {
    running = await server.start(place);
    const { tunnelTo } = running;
    for (const group of inGroups(knocks, 8)) {
      const seen = await Promise.all(group.map(([, knock]) => knockAt(place.port, knock, tunnelTo)));
      for (const [index, [client, knock]] of group.entries()) {
        const predicted = server.model(knock);
        // A second time and alone, in case the machine was busy.
        const last = same(predicted, seen[index]) ? seen[index] : await knockAt(place.port, knock, tunnelTo);
        if (!same(predicted, last)) differ.push(`${client}: predicted ${nameSeen(predicted)}, seen ${nameSeen(last)}`);
      }
    }
  } finally {
    await running?.end();
  }
  return [knocks.length, differ];
}

function inGroups<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
