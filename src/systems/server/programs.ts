// The program behind a declared server: which model answers for a preset, under the settings that are declared with it. A server
// that is declared by words alone is a port of that description. Not here: what the models know (one file or folder per program).

import { expectsTls, portOf } from './words';
import { PresetId, Server } from '../../protocol';
import { apache } from '../apache';
import { daphne, hypercorn, uvicorn } from '../asgi';
import { caddy } from '../caddy';
import { envoy } from '../envoy';
import { go } from '../go';
import { gunicorn } from '../gunicorn';
import { nginx } from '../nginx';
import { node, NodeSettings, NodeWebSocket } from '../node';
import { answerAt } from '../program/answer';
import { Knock, Program, REFUSED, Seen } from '../program/knock';
import { tomcat } from '../tomcat';
import { uwsgi } from '../uwsgi';

/** What a declaration says in the words that all programs share; its own settings come on top, as they were checked when read. */
interface Common {
  readonly version?: string;
  readonly tls: boolean;
  readonly plainAnswer?: number;
}

type Settings = Readonly<Record<string, unknown>>;
type Row = (common: Common, settings: Settings) => Program;

/** A model whose settings are those of the declaration. */
function by<Of extends object>(
  see: (settings: Of, knock: Knock) => Seen, fixed: Partial<Of> = {}, tls: (on: boolean) => object = (on) => ({ tls: on }),
): Row {
  return (common, settings) => {
    const all = { ...common, ...fixed, ...settings, ...(tls(common.tls)) } as Of;
    return (knock) => see(all, knock);
  };
}

/** A TLS that has settings of its own is there or absent. */
const withTls = (on: boolean) => ({ tls: on ? {} : undefined });
const whatever = () => ({});

function nodeServer(fixed: NodeSettings, webSocket?: NodeWebSocket['is']): Row {
  return (common, { path, enableConnectProtocol, onlyWebSocketUpgrades }) => {
    const all: NodeSettings = {
      ...common,
      ...fixed,
      ...withTls(common.tls),
      ...(fixed.http2 && enableConnectProtocol ? { http2: { ...fixed.http2, enableConnectProtocol: true } } : {}),
      ...(webSocket ? { webSocket: { is: webSocket, ...(path === undefined ? {} : { path }) } as NodeWebSocket } : {}),
      ...(onlyWebSocketUpgrades ? { onlyWebSocketUpgrades: true } : {}),
    };
    return (knock) => node(all, knock);
  };
}

/** nginx with a location that serves content, and nothing behind it. */
const nginxServer: Row = ({ version, tls, plainAnswer }) =>
  nginx({ version, ...withTls(tls), locations: [{ does: { is: 'content', ...(plainAnswer === undefined ? {} : { status: plainAnswer }) } }] }, REFUSED);

const PROGRAMS: Readonly<Record<PresetId, Row>> = {
  'node-http': nodeServer({}),
  'express': nodeServer({ framework: 'express' }),
  'fastify': nodeServer({ framework: 'fastify' }),
  'node-http2-cleartext': nodeServer({ http2: {} }),
  'node-http2': nodeServer({ http2: {} }),
  'node-http2-allow-http1': nodeServer({ http2: { allowHttp1: true } }),
  'node-ws': nodeServer({}, 'ws-alone'),
  'node-ws-with-http': nodeServer({}, 'ws-on-server'),
  'socket.io': nodeServer({}, 'socket.io'),
  'grpc': nodeServer({ framework: 'grpc-js' }),
  'tomcat': by(tomcat, {}, withTls),
  'tomcat-http2': by(tomcat, { http2: true }, withTls),
  'spring-boot': by(tomcat, {}, withTls),
  'gunicorn': by(gunicorn),
  'gunicorn-uvicorn-worker': by(uvicorn),
  'uwsgi': by(uwsgi, { listens: 'http-socket' }, whatever),
  'uvicorn': by(uvicorn),
  'hypercorn': by(hypercorn),
  'daphne': by(daphne),
  'go-http': by(go),
  'nginx': nginxServer,
  'apache': by(apache, {}, withTls),
  'caddy': by(caddy, {}, withTls),
  'envoy': by(envoy, {}, whatever),
};

/** What answers at the port of a declared server. */
export function programOf(server: Server): Program {
  const { program, version, plainHttpAnswer, settings = {}, speaks } = server;
  if (program === undefined) {
    const port = portOf(server);
    return (knock) => answerAt(port, knock);
  }
  const tls = expectsTls(speaks);
  return PROGRAMS[program]({ version, tls, ...(plainHttpAnswer === undefined ? {} : { plainAnswer: plainHttpAnswer }) }, settings);
}
