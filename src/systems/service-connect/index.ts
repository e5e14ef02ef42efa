// ECS Service Connect: what tasks are declared to call, walked from the caller through the proxy to the server. A call whose
// address is a load balancer's or another system's goes on there.
// Facts: proxy.ts. Who calls what, and with which HTTP version, is declared (`calls`); no template says it.

import { ClientId, Kind, Speaks } from '../../protocol';
import { DeclaredCall, declarations, known, Resource } from '../../template';
import { Answer, cannotKnow, Door, Entry, Errand, Network, Request, Sample, SERVED, System } from '../hop';
import { aliasTargets } from '../route53';
import { Arrival, blamesProxy, reply, serversFor } from '../server';
import { Walk } from '../walk';
import { Connect, ConnectPort, readConnect } from './ports';
import { throughProxy, webSocketAtHttp2 } from './proxy';

const CALLERS: readonly string[] = ['AWS::ECS::TaskDefinition', 'AWS::ECS::Service'];

export function serviceConnectSystem(network: Network): System {
  const connect = readConnect(network.templates);
  const callers = CALLERS.flatMap((type) => network.templates.all(type));
  const calls = callers.flatMap((caller) => declarations(caller).calls.map((call) => ({ caller, call })));
  if (calls.length === 0 && connect.ports.length === 0) return { entries: [], errands: [] };
  const lookUp = calls.length ? aliasTargets(network.templates) : undefined;
  const door = (host: string) => {
    const named = lookUp?.(known(host));
    return named ? network.door(named) : network.doorNamed(host);
  };
  return {
    entries: calls.map(({ caller, call }) => callEntry(caller, call, connect, door)),
    errands: connect.ports.flatMap((port) => (declaredSocket(port) ? [socketAdvice(port)] : [])),
  };
}

/** The clients that a declared protocol stands for. */
const CLIENT_OF: Readonly<Partial<Record<Speaks, ClientId>>> = {
  'http/1.0': 'http/1.0', 'http/1.1': 'http/1.1', 'h2': 'h2', 'h2c': 'h2', 'websocket': 'ws', 'socket.io': 'ws', 'grpc': 'grpc',
};
const KIND_OF: Readonly<Partial<Record<ClientId, Kind>>> = { ws: 'websocket', wss: 'websocket', grpc: 'grpc' };

function callEntry(caller: Resource, call: DeclaredCall, connect: Connect, door: (host: string) => Door | undefined): Entry {
  const address = addressOf(call.to, call.with.includes('tls') || call.with.includes('h2'));
  const clients = call.with.flatMap((word) => CLIENT_OF[word] ?? []).map((id): ClientId => (id === 'ws' && address.scheme === 'https' ? 'wss' : id));
  const sample = (id: ClientId): Sample => ({
    target: { host: address.host, path: address.path, headers: {}, query: {} },
    says: call.to,
    kinds: [{ kind: KIND_OF[id] ?? 'http', by: 'declared' }],
    callers: [id],
  });
  return {
    resource: caller,
    schemes: () => [address.scheme],
    samples: clients.map(sample),
    receive: (request, walk) => {
      walk.through(caller);
      const port = connect.ports.find(({ aliases }) => aliases.some((alias) => isCalled(alias, address)));
      if (port) return toPort(request, port, walk);
      const found = door(address.host);
      return found ? toDoor({ ...request, port: address.port ?? (address.scheme === 'https' ? 443 : 80) }, found, walk) : cannotKnow(`nothing in these templates goes by the name ${address.host}`);
    },
  };
}

interface Address { readonly scheme: 'http' | 'https'; readonly host: string; readonly port?: number; readonly path: string }

/** "catalogue:8080", "http://catalogue:8080/items". */
function addressOf(to: string, tls: boolean): Address {
  const [, scheme, host, port, path] = /^(?:(\w+):\/\/)?([^/:]*)(?::(\d+))?(\/.*)?$/.exec(to) ?? [];
  const secure = scheme === undefined ? tls || port === '443' : /^(https|wss|grpcs)$/.test(scheme);
  return { scheme: secure ? 'https' : 'http', host: host ?? to, port: port === undefined ? undefined : Number(port), path: path ?? '/' };
}

/** A port that either side leaves out is no difference. */
function isCalled(alias: ConnectPort['aliases'][number], { host, port }: Address): boolean {
  return alias.host === host && (port === undefined || alias.port === undefined || alias.port === port);
}

function toPort(request: Request, port: ConnectPort, walk: Walk): Answer {
  walk.through(port.service);
  const version = request.kind === 'grpc' ? '2' : (request.sender.versions.find((candidate) => candidate === '1.1' || candidate === '1.0') ?? '1.1');
  const stopped = throughProxy(request.kind, version, port, walk);
  if (stopped) return stopped;
  walk.through(port.task);
  const servers = port.servers.map((server) => ({ ...server, declared: true, by: `declared in Metadata of ${port.task.id} or ${port.service.id}` }));
  const { kind, scheme, sender, target: { path } } = request;
  const arrival: Arrival = { kind, version, scheme, tls: sender.tls, path };
  walk.toServer(arrival);
  const answer = reply(arrival, serversFor(servers, port.containerPort, path));
  if (answer.does === 'serve') return { ...SERVED, note: answer.assumed };
  if (answer.does === 'unknown') return cannotKnow(answer.why);
  return blamesProxy(answer) ?? {
    outcome: answer.with,
    fault: {
      cause: answer.mismatch === 'websocket-only' ? 'PlainHttpAtWebSocketOnlyServer' : 'ServerWithoutProtocol',
      resource: port.task,
      property: 'Metadata.cdk-handshake.server',
      why: answer.why,
      certainty: answer.certain ? 'certain' : 'possible',
    },
  };
}

function toDoor(request: Request, door: Door, walk: Walk): Answer {
  const listening = door.listening(request.port!, walk);
  if (listening.is === 'unknown') return cannotKnow(listening.because);
  if (listening.is === 'closed' || (listening.is !== 'bytes' && listening.is !== request.scheme)) return cannotKnow(`${door.resource.id} does not speak ${request.scheme} on port ${request.port}`);
  return door.receive(request, walk);
}

function declaredSocket(port: ConnectPort): boolean {
  return port.servers.some(({ speaks }) => speaks.includes('websocket') || speaks.includes('socket.io'));
}

/** A WebSocket server is declared on a port whose proxy speaks HTTP/2: whoever comes, by whichever way. */
function socketAdvice(port: ConnectPort): Errand {
  return {
    kind: 'advice',
    resource: port.task,
    go: (walk) => {
      walk.through(port.task);
      const protocol = walk.text(port.appProtocol, 'tcp', []);
      return protocol === 'http2' || protocol === 'grpc' ? webSocketAtHttp2(port, protocol) : SERVED;
    },
  };
}

