// Servers by the name of the program: what each speaks as shipped, so that nobody has to look it up. A preset fills in what a
// declaration leaves out; what is written beside it wins. Where versions differ, the older and worse behaviour stands here. A program
// that can do WebSocket is not for that reason there for WebSocket clients: routes say so (docs/declarations.md).
// Facts: `lab` means seen with the real programs on Debian 12, 13 and sid or from npm (Node 18 to 26, ws 8.23, socket.io 4.8,
// Tomcat 10.1 and 11, Gunicorn 20 to 26, uWSGI 2.0, Uvicorn 0.17 to 0.53, Hypercorn 0.13 and 0.17, Daphne 4, Go 1.19 and 1.27, Apache
// httpd 2.4, Caddy 2.6 and 2.11, nginx 1.22 to 1.30); the rest names its page or code.

import type { Speaks } from './server';

/** A server program. */
export interface Preset {
  readonly speaks: readonly Speaks[];
  /** It speaks nothing else as shipped. */
  readonly only: boolean;
  /** What a plain GET gets where that is not the application's own answer. */
  readonly plainHttpAnswer?: number;
  /** What a WebSocket handshake gets from which a hop has taken the Sec-WebSocket headers. */
  readonly spoiltHandshake?: '400' | '426';
  readonly says: string;
  readonly source: string;
}

const HTTP1 = ['http/1.0', 'http/1.1'] as const;
const SPRING = 'source code: spring-projects/spring-framework AbstractHandshakeHandler (426 and the version header)';

export const PRESETS = {
  'node-http': { speaks: HTTP1, only: true, says: 'Node.js http or https, with nothing beside it', source: 'lab: the h2 preface gets 400, an Upgrade is ignored' },
  'express': { speaks: HTTP1, only: true, says: 'Express, without WebSocket', source: 'lab: as node-http' },
  'fastify': { speaks: HTTP1, only: true, says: 'Fastify, without WebSocket', source: 'lab: as node-http' },
  'node-http2-cleartext': { speaks: ['h2c'], only: true, says: 'Node.js http2 without TLS', source: 'lab: HTTP/1 gets SETTINGS and GOAWAY' },
  'node-http2': { speaks: ['h2', 'tls'], only: true, says: 'Node.js http2 with TLS and without allowHTTP1', source: 'lab: HTTP/1.1 gets alert 120, or 403 without ALPN' },
  'node-http2-allow-http1': { speaks: ['h2', ...HTTP1, 'tls'], only: true, says: 'Node.js http2 with TLS and allowHTTP1', source: 'lab' },
  'node-ws': { speaks: ['websocket'], only: true, plainHttpAnswer: 426, spoiltHandshake: '400', says: 'the ws package on a port of its own', source: 'lab; websockets/ws lib/websocket-server.js' },
  'node-ws-with-http': { speaks: ['websocket', ...HTTP1], only: true, spoiltHandshake: '400', says: 'the ws package beside HTTP routes', source: 'lab' },
  'socket.io': { speaks: ['socket.io', ...HTTP1], only: true, spoiltHandshake: '400', says: 'Socket.IO', source: 'lab' },
  'grpc': { speaks: ['grpc'], only: true, says: 'a gRPC server without TLS', source: 'lab: grpc-js; HTTP/1 gets HTTP/2 frames' },
  'tomcat': { speaks: HTTP1, only: false, spoiltHandshake: '426', says: 'Tomcat without the HTTP/2 upgrade protocol; WebSocket where the application has it', source: 'lab; apache/tomcat UpgradeUtil' },
  'tomcat-http2': { speaks: ['h2c', ...HTTP1], only: false, spoiltHandshake: '426', says: 'Tomcat with Http2Protocol on a connector without TLS; WebSocket where the application has it', source: 'lab; apache/tomcat UpgradeUtil' },
  'spring-boot': { speaks: HTTP1, only: false, spoiltHandshake: '426', says: 'Spring Boot on the servlet stack; WebSocket where the application has it', source: SPRING },
  'gunicorn': { speaks: HTTP1, only: true, says: 'Gunicorn with its sync or gthread workers', source: 'lab: an Upgrade reaches the WSGI application, which answers 200; Gunicorn 20.1 answers the h2 preface with 200' },
  'gunicorn-uvicorn-worker': { speaks: HTTP1, only: false, spoiltHandshake: '400', says: 'Gunicorn with the Uvicorn worker; WebSocket where the application has it', source: 'lab' },
  'uwsgi': { speaks: HTTP1, only: false, says: 'uWSGI; WebSocket with http-socket, or with http-websockets on its router', source: 'lab' },
  'uvicorn': { speaks: HTTP1, only: false, spoiltHandshake: '400', says: 'Uvicorn; WebSocket where the application has it', source: 'lab' },
  'hypercorn': { speaks: ['h2c', ...HTTP1], only: false, spoiltHandshake: '400', says: 'Hypercorn without TLS; WebSocket where the application has it', source: 'lab' },
  'daphne': { speaks: HTTP1, only: false, spoiltHandshake: '400', says: 'Daphne; WebSocket where the application has it', source: 'lab' },
  'go-http': { speaks: HTTP1, only: false, says: 'net/http of Go without TLS; WebSocket with a package, h2c with Protocols', source: 'lab' },
  'apache': { speaks: HTTP1, only: true, says: 'Apache httpd as shipped, serving content', source: 'lab' },
  'nginx': { speaks: HTTP1, only: true, says: 'nginx as shipped, serving content', source: 'lab: the h2 preface gets 400, an Upgrade is ignored' },
  'caddy': { speaks: HTTP1, only: false, says: 'Caddy without TLS, serving content; h2c as well from 2.11', source: 'lab' },
  'envoy': { speaks: ['http/1.1'], only: true, says: 'Envoy with its defaults: HTTP/1.0 gets 426, and upgrades are refused', source: 'documented: Envoy, Http1ProtocolOptions.accept_http_10 and HTTP upgrades; envoyproxy/envoy#2792' },
} as const satisfies Record<string, Preset>;

export type PresetId = keyof typeof PRESETS;

export const PRESET_IDS = Object.keys(PRESETS) as readonly PresetId[];

/** The preset of a name, if there is one. */
export function presetOf(id: string): Preset | undefined {
  return Object.prototype.hasOwnProperty.call(PRESETS, id) ? PRESETS[id as PresetId] : undefined;
}
