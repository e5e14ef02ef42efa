// Asks a server of the lab everything, and compares what is seen with what its model says: one test a server, the rows inside, and
// a row that differs prints both. A few servers are up at a time. Not here: which servers there are.

import { knockAt } from './client';
import { knockOf, LAB_CLIENTS, Listener } from './lab-clients';
import { LabServer, Running, site } from './running';
import { Knock, nameSeen, Seen } from '../../src/systems/program/knock';

const MEANT_FOR: Readonly<Record<string, Listener>> = {
  'h2-tls': 'tls', 'plain-to-tls-port': 'tls', 'h2c-prior-knowledge': 'clear', 'h2c-scheme-https': 'clear', 'tls-to-plain-port': 'clear',
};

/** Every client that makes sense at a listener; h3 needs a client of its own, and idling is cut short. */
export function knocksFor({ listener, model, webSocketPath, absoluteForm, without }: LabServer): [string, Knock][] {
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

/** Servers that are up at the same time; most of what they take is waiting. */
const AT_ONCE = 3;
const KNOCKS_AT_ONCE = 6;

/** One test for each server, and the number of rows at the end. A server is started when its turn comes, and only if its test is run. */
export function tryServers(servers: readonly LabServer[]): void {
  let rows = 0;
  const turn = limited(AT_ONCE);
  afterAll(() => console.info(`The lab tried ${rows} knocks at ${servers.length} servers.`));
  if (servers.length === 0) test.skip('no server can be started here', () => undefined);
  for (const server of servers) {
    test.concurrent(`${server.name}, ${server.listener}`, async () => {
      const [tried, differ] = await turn(() => tryServer(server));
      rows += tried;
      expect(differ).toEqual([]);
    }, 120_000);
  }
}

async function tryServer(server: LabServer): Promise<[number, string[]]> {
  const place = await site(server.name);
  const knocks = knocksFor(server);
  let running: Running | undefined;
  try {
    running = await server.start(place);
    const { tunnelTo } = running;
    const ask = (knock: Knock, bound?: number) => knockAt(place.port, knock, tunnelTo, bound);
    await warmUp(server, knocks, ask);
    const turn = limited(KNOCKS_AT_ONCE);
    const row = async (client: string, knock: Knock) => ({ client, knock, predicted: server.model(knock), seen: await ask(knock) });
    const all = await Promise.all(knocks.map(([client, knock]) => turn(() => row(client, knock))));
    const differ = all.filter(({ predicted, seen }) => !same(predicted, seen));
    // Again, alone and with patience, in case the machine was busy; it is not busy with everything.
    for (const one of differ.slice(0, 8)) one.seen = await ask(one.knock, 5000);
    const lines = differ.filter(({ client, predicted, seen }) => !same(predicted, seen) && server.alsoSeen?.[client] !== seen.kind);
    return [knocks.length, lines.map(({ client, predicted, seen }) => `${client}: predicted ${nameSeen(predicted)}, seen ${nameSeen(seen)}`)];
  } finally {
    await running?.end();
  }
}

/** A port is open before there is an application behind it. */
export async function warmUp(
  { model }: LabServer, knocks: readonly [string, Knock][], ask: (knock: Knock, bound: number) => Promise<Seen>,
): Promise<void> {
  const [, knock] = knocks.find(([, one]) => one.idleSeconds === undefined && model(one).kind === 'status') ?? [];
  if (knock) await ask(knock, 10_000);
}

/** At most so many at the same time, in the order in which they came. */
export function limited(number: number): <Result>(run: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let free = number;
  return async (run) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free--;
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
