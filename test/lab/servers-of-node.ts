// Servers of the lab that are packages of Node.js: http, https, http2, ws, socket.io, Express, Fastify, grpc-js, in this process.
// A package that is not installed is skipped out loud, with the command that installs it.

import * as fs from 'node:fs';
import * as http from 'node:http';
import * as http2 from 'node:http2';
import * as https from 'node:https';
import type { Server } from 'node:net';
import { LabServer, listen, Site } from './running';
import { node, NodeSettings } from '../../src/systems/node';
import { httpProxy } from '../../src/systems/node/http-proxy';
import { atLeast } from '../../src/systems/program/versions';

const version = process.versions.node;

function optional(name: string): any {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require(name);
  } catch {
    console.warn(`${name} is not here, so what needs it is not tried. Install it with: npm install --no-save ${name}`);
    return undefined;
  }
}

const page = (_request: http.IncomingMessage | http2.Http2ServerRequest, response: any) => response.end('ok');
const credentials = ({ key, cert }: Site) => ({ key: fs.readFileSync(key), cert: fs.readFileSync(cert), ciphers: 'DEFAULT:@SECLEVEL=0' });

type Make = (place: Site) => Server | { server: Server; end: () => void };

function ofNode(variant: string, settings: NodeSettings, make: Make, more: Partial<LabServer> = {}): LabServer {
  return {
    name: `Node.js ${version} ${variant}`,
    listener: settings.tls ? 'tls' : 'clear',
    model: (knock) => node({ ...settings, version }, knock),
    start: (place) => {
      const made = make(place);
      return 'server' in made ? listen(made.server, place, made.end) : listen(made, place);
    },
    ...more,
  };
}

/** RFC 8441: answers the extended CONNECT. */
function withConnect<Http2 extends http2.Http2Server | http2.Http2SecureServer>(server: Http2): Http2 {
  server.on('stream', (stream: http2.ServerHttp2Stream, headers) => {
    if (headers[':method'] === 'CONNECT') stream.respond({ ':status': 200 });
  });
  server.on('connect', () => undefined);
  return server;
}

export function nodeServers(): LabServer[] {
  return [
    ofNode('http', {}, () => http.createServer(page)),
    ofNode('https', { tls: {} }, (place) => https.createServer(credentials(place), page)),
    ofNode('https, TLS 1.2 only', { tls: { min: '1.2', max: '1.2' } }, (place) => https.createServer({ ...credentials(place), maxVersion: 'TLSv1.2' }, page)),
    ofNode('https, TLS 1.3 only', { tls: { min: '1.3' } }, (place) => https.createServer({ ...credentials(place), minVersion: 'TLSv1.3' }, page)),
    ofNode('https, client certificate', { tls: { requiresClientCertificate: true } },
      (place) => https.createServer({ ...credentials(place), ca: fs.readFileSync(place.cert), requestCert: true }, page)),
    ofNode('https, TLS 1.0 to 1.3', { tls: { min: '1.0' } }, (place) => https.createServer({ ...credentials(place), minVersion: 'TLSv1' }, page)),
    ofNode('http2, cleartext', { http2: {} }, () => http2.createServer(page)),
    ofNode('http2, cleartext, RFC 8441', { http2: { enableConnectProtocol: true } }, () => withConnect(http2.createServer({ settings: { enableConnectProtocol: true } }, (request, response) => (request.method === 'CONNECT' ? undefined : page(request, response))))),
    ofNode('http2, cleartext, RFC 8441 without connect listener', { http2: { enableConnectProtocol: true, connectListener: false } },
      () => http2.createServer({ settings: { enableConnectProtocol: true } }, page)),
    ofNode('http2, TLS', { http2: {}, tls: {} }, (place) => http2.createSecureServer(credentials(place), page)),
    ofNode('http2, TLS, allowHTTP1', { http2: { allowHttp1: true }, tls: {} }, (place) => http2.createSecureServer({ ...credentials(place), allowHTTP1: true }, page)),
    ...webSocketServers(),
    ...frameworks(),
  ];
}

function webSocketServers(): LabServer[] {
  const ws = optional('ws');
  if (!ws) return [];
  // A frame that breaks RFC 6455 closes the connection (ws does that itself with 1002); without a listener it would end the process.
  const echo = (socket: any) => socket.on('error', () => undefined).on('message', (data: Buffer) => socket.send(data));
  const byHand = (server: Server): Server => {
    const sockets = new ws.WebSocketServer({ noServer: true }).on('connection', echo);
    return server.on('upgrade', (request: http.IncomingMessage, socket, head) => {
      if (request.url === '/ws') sockets.handleUpgrade(request, socket, head, echo);
      else socket.destroy();
    });
  };
  const listener = { webSocket: { is: 'upgrade-listener', path: '/ws' } } as const;
  const list = [
    ofNode(`ws ${ws.WebSocketServer ? packageVersion('ws') : ''} alone`, { webSocket: { is: 'ws-alone' } }, (place) => {
      // What ws makes itself when it is given a port; here so that the port is opened like all others.
      const server = http.createServer((_request, response) => response.writeHead(426, { 'Content-Type': 'text/plain' }).end('Upgrade Required'));
      void place;
      new ws.WebSocketServer({ server }).on('connection', echo);
      return server;
    }),
    ofNode('http with ws on the server', { webSocket: { is: 'ws-on-server', path: '/ws' } }, () => {
      const server = http.createServer(page);
      new ws.WebSocketServer({ server, path: '/ws' }).on('connection', echo);
      return server;
    }),
    ofNode('http with an upgrade listener', listener, () => byHand(http.createServer(page))),
    ofNode('http2, TLS, allowHTTP1, with an upgrade listener', { ...listener, http2: { allowHttp1: true }, tls: {} },
      (place) => byHand(http2.createSecureServer({ ...credentials(place), allowHTTP1: true }, page))),
  ];
  if (!atLeast(version, '24.9')) return list;
  const only = { shouldUpgradeCallback: (request: http.IncomingMessage) => request.headers.upgrade?.toLowerCase() === 'websocket' } as http.ServerOptions;
  return [...list, ofNode('http with shouldUpgradeCallback', { ...listener, onlyWebSocketUpgrades: true }, () => byHand(http.createServer(only, page)))];
}

function frameworks(): LabServer[] {
  const [express, fastify, socketIo, grpc] = ['express', 'fastify', 'socket.io', '@grpc/grpc-js'].map(optional);
  return [
    ...(express ? [ofNode(`express ${packageVersion('express')}`, { framework: 'express' }, () => {
      const app = express();
      app.use((_request: unknown, response: any) => response.send('ok'));
      return http.createServer(app);
    })] : []),
    ...(socketIo ? [ofNode(`socket.io ${packageVersion('socket.io')}`, { webSocket: { is: 'socket.io' } }, () => {
      const server = http.createServer(page);
      const io = new socketIo.Server(server);
      return { server, end: () => io.close() };
    }, { webSocketPath: '/socket.io/?EIO=4&transport=websocket' })] : []),
    ...(fastify ? [fastifyServer(fastify)] : []),
    ...(grpc ? [grpcServer(grpc)] : []),
  ];
}

function fastifyServer(fastify: any): LabServer {
  return {
    ...ofNode(`fastify ${packageVersion('fastify')}`, { framework: 'fastify' }, () => http.createServer()),
    start: async ({ port }) => {
      const app = fastify();
      app.all('*', async () => 'ok');
      await app.listen({ port, host: '127.0.0.1' });
      return { end: async () => { app.server.closeAllConnections(); await app.close(); } };
    },
  };
}

function grpcServer(grpc: any): LabServer {
  return {
    ...ofNode(`grpc-js ${packageVersion('@grpc/grpc-js')}`, { framework: 'grpc-js' }, () => http.createServer()),
    start: async ({ port }) => {
      const server = new grpc.Server();
      await new Promise<void>((resolve, reject) => server.bindAsync(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure(), (error: Error | null) => (error ? reject(error) : resolve())));
      return { end: async () => server.forceShutdown() };
    },
  };
}

function packageVersion(name: string): string {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require(`${name}/package.json`).version;
  } catch {
    return '';
  }
}

/** For the tests of proxies: the package http-proxy in front of one of the servers here. */
export const proxied = (settings: { ws?: boolean }, behind: LabServer) => httpProxy(settings, behind.model);
