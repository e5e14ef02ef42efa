// What the sidecars render, tried for real: nginx and HAProxy take the file (nginx -t, haproxy -c), and each client of the lab gets what
// the model says that reads the same file. And the two that matter most, as numbers: 426 with a bare proxy_pass, 101 with the sidecar.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { knockAt } from './client';
import { backends, Behind, inFront } from './in-front';
import { knockOf } from './lab-clients';
import { LabServer, present, run, Site, site, write } from './running';
import { haproxyPresent, haproxyVersion } from './servers-of-haproxy';
import { nginxBefore, nginxPresent, nginxVersion } from './servers-of-nginx';
import { tryServers } from './try-server';
import { haproxyConfig } from '../../src/constructs/haproxy-config';
import { nginxConfig } from '../../src/constructs/nginx-config';
import { specOf } from '../../src/constructs/proxied';
import { Server, ServerOptions } from '../../src/declare/server';
import { Program } from '../../src/systems/program/knock';
import { hopOf } from '../../src/systems/server/hops';

const SIDECARS = {
  nginx: { here: nginxPresent(), version: nginxVersion, render: nginxConfig, file: 'nginx.conf', check: ['-t', '-c'], run: ['-g', 'daemon off;', '-c'] },
  haproxy: { here: haproxyPresent(), version: haproxyVersion, render: haproxyConfig, file: 'haproxy.cfg', check: ['-c', '-f'], run: ['-db', '-f'] },
};
type Kind = keyof typeof SIDECARS;
const KINDS = (Object.keys(SIDECARS) as Kind[]).filter((kind) => SIDECARS[kind].here && present('openssl', 'apt-get install -y openssl'));

const secret = { certificate: {}, privateKey: {} } as any;
const text = (kind: Kind, server: Server, listenPort: number, tls: boolean) =>
  SIDECARS[kind].render(specOf({ taskDefinition: undefined as any, server, listenPort, ...(tls ? { tls: secret } : {}) }, SIDECARS[kind].version(), 'test'));

/** In a task there is one /tmp for each container, and every address is its own. */
function inFolder(config: string, { folder, port, key, cert }: Site): string {
  fs.writeFileSync(`${folder}/tls.pem`, fs.readFileSync(cert, 'utf8') + fs.readFileSync(key, 'utf8'));
  fs.copyFileSync(cert, `${folder}/tls.crt`);
  fs.copyFileSync(key, `${folder}/tls.key`);
  return config.replace(/\/tmp\//g, `${folder}/`).replace(`listen ${port}`, `listen 127.0.0.1:${port}`).replace(`bind :${port}`, `bind 127.0.0.1:${port}`)
    .replace('/dev/stdout', 'off').replace('log stdout format raw local0 info', '').replace('worker_connections 4096', 'worker_connections 256');
}

function before(kind: Kind, variant: string, behind: Behind, make: (options: ServerOptions) => Server, tls: boolean): LabServer {
  // The same text for the model, with ports that do not matter to it.
  const config = text(kind, make({ port: 1 }), 2, tls);
  const hop = hopOf({ program: kind, version: SIDECARS[kind].version(), config }, { port: 2, tls: false });
  const model: Program = hop.through(behind.model);
  return inFront(`${kind} sidecar ${variant}`, tls, behind, model, (place, to) =>
    run(place, kind, [...SIDECARS[kind].run, write(place, SIDECARS[kind].file, inFolder(text(kind, make({ port: to }), place.port, tls), place))]));
}

const { page, upgrades, ws, https, h2c, h2 } = backends();

tryServers(KINDS.flatMap((kind) => [
  before(kind, 'for HTTP', page, Server.http1, false),
  before(kind, 'for HTTP, TLS', page, Server.http1, true),
  before(kind, 'for WebSocket', ws, Server.nodeWs, false),
  before(kind, 'for WebSocket, TLS', ws, Server.nodeWs, true),
  before(kind, 'for both', upgrades, Server.webSocket, true),
  before(kind, 'for h2c alone', h2c, (options) => Server.h2c({ ...options, only: true }), true),
  before(kind, 'for a TLS server', https, (options) => Server.http1({ ...options, tls: true }), false),
  before(kind, 'for h2 alone', h2, (options) => Server.http2({ ...options, only: true }), true),
]));

describe.each(KINDS)('%s', (kind) => {
  test.each<[string, Server, boolean]>([
    ['HTTP', Server.http1({ port: 8080 }), false],
    ['WebSocket', Server.nodeWs({ port: 8080 }), true],
    ['gRPC', Server.grpc({ port: 8080 }), true],
    ['gRPC over TLS', Server.grpc({ port: 8080, tls: true }), false],
  ])('takes the file for %s', async (_name, server, tls) => {
    const place = await site('check');
    const { file, check } = SIDECARS[kind];
    const { status, stderr, stdout } = spawnSync(kind, [...check, write(place, file, inFolder(text(kind, server, place.port, tls), place))], { encoding: 'utf8' });
    expect([status, status === 0 ? '' : `${stdout}${stderr}`]).toEqual([0, '']);
  });

  test('routes by path', async () => {
    const spec = { taskDefinition: undefined as any, server: Server.http1({ port: 8080 }), routes: { '/ws/*': Server.nodeWs({ port: 8081 }), '/health': Server.http1({ port: 8082 }) }, listenPort: 9 };
    const place = await site('routes');
    const config = inFolder(SIDECARS[kind].render(specOf(spec, SIDECARS[kind].version(), 'test')), place);
    const { status, stderr } = spawnSync(kind, [...SIDECARS[kind].check, write(place, SIDECARS[kind].file, config)], { encoding: 'utf8' });
    expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
    for (const port of [8080, 8081, 8082]) expect(config).toContain(`127.0.0.1:${port}`);
  });
});

(KINDS.includes('nginx') ? test : test.skip)('Node ws behind nginx: 426 with a bare proxy_pass, 101 with the sidecar', async () => {
  const knock = knockOf('ws', 'clear')!;
  const tried: string[] = [];
  for (const server of [nginxBefore('proxy_pass', { locations: [{ does: { is: 'proxy_pass' } }] }, ws as LabServer), before('nginx', 'for WebSocket', ws, Server.nodeWs, false)]) {
    const place = await site('ws');
    const running = await server.start(place);
    try {
      const seen = await knockAt(place.port, knock);
      tried.push(seen.kind === 'status' ? String(seen.status) : seen.kind);
    } finally {
      await running.end();
    }
  }
  expect(tried).toEqual(['426', '101']);
}, 30_000);
