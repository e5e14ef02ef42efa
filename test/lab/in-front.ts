// What a proxy of the lab stands in front of: real servers of this process, one that refuses HTTP/1.0, or nothing; and the two started
// and ended together. Not here: the proxies (servers-of-proxies.ts, servers-of-caches.ts).

import * as http from 'node:http';
import { LabServer, listen, Running, said, Site, site } from './running';
import { nodeServers } from './servers-of-node';
import { envoy } from '../../src/systems/envoy';
import { Program, REFUSED } from '../../src/systems/program/knock';

/** What stands behind: a server with its model. */
export type Behind = Pick<LabServer, 'name' | 'model' | 'start'>;

export const NOTHING: Behind = { name: 'nothing', model: REFUSED, start: async () => ({ end: async () => undefined }) };

/** Envoy's manner: HTTP/1.0 is 426, upgrades are 403. */
const REFUSER: Behind = {
  name: 'a refuser of HTTP/1.0',
  model: (knock) => envoy({}, knock),
  start: (place) => listen(http.createServer((request, response) => {
    response.writeHead(request.httpVersion === '1.0' ? 426 : 200).end();
  }).on('upgrade', (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')), place),
};

/** The servers of this process by the end of their name. */
export function backends(): Readonly<Record<'page' | 'upgrades' | 'ws' | 'https' | 'h2c' | 'h2' | 'both' | 'old', Behind>> {
  const all = nodeServers();
  const named = (end: string): Behind => all.find(({ name }) => name.endsWith(end)) ?? NOTHING;
  return {
    page: named(' http'),
    upgrades: named(' http with an upgrade listener'),
    ws: named(' alone'),
    https: named(' https'),
    h2c: named(' http2, cleartext'),
    h2: named(' http2, TLS'),
    both: named(' http2, TLS, allowHTTP1'),
    old: REFUSER,
  };
}

/** A proxy in front of a server: both are started, both are ended. */
export function inFront(
  name: string, tls: boolean, behind: Behind, model: Program, start: (place: Site, to: number) => Promise<Running>, more: Partial<LabServer> = {},
): LabServer {
  return {
    name: `${name} before ${behind.name}`,
    listener: tls ? 'tls' : 'clear',
    model,
    start: async (place) => {
      const place2 = await site('behind');
      const server = await behind.start(place2);
      try {
        const proxy = await start(place, place2.port);
        return { ...proxy, end: async () => { await proxy.end(); await server.end(); } };
      } catch (error) {
        await server.end();
        throw error;
      }
    },
    ...more,
  };
}

/** The version in what a command says. */
export const versionOf = (command: string, ...parameters: string[]) => /\d+\.\d+(\.\d+)*/.exec(said(command, ...parameters))?.[0] ?? '';
