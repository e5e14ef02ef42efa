// Reads an nginx configuration as it stands into settings, one a server and port. What matters for protocols and could not be
// understood is listed with its line, and the setting is 'unknown', never nginx's default. A file without `http` (conf.d, sites-enabled)
// is read as if it stood in a configuration that sets nothing of this around it, as nginx's own nginx.conf does.
// Not here: the syntax (syntax.ts), inheritance (levels.ts), locations (read-location.ts), what nginx does with it all (index.ts).
// Facts: ngx_http_core_module, ngx_http_ssl_module, ngx_http_v2_module manuals; options of listen count for the whole socket, and
// ssl_protocols is that of the default server ("Virtual server selection").

import { find, isOpaque, Level, Levels } from './levels';
import { Around, conditionOf, readLocations, returnOf } from './read-location';
import { Lines, Reading, Unread } from './reading';
import { NginxSettings, NginxTls } from './settings';
import { at, Directive, Include, parse, shown } from './syntax';
import { listenPortOf, secondsOf, tlsVersionsOf } from './values';

export type { Unread } from './reading';
export type { Include, NginxFile } from './syntax';

export interface NginxReadOptions {
  /** For messages. */
  readonly file: string;
  readonly version?: string;
  /** Only servers at this port. */
  readonly port?: number;
  /** What an include stands for; undefined, or an answer of undefined: it is not read, and listed. */
  readonly include?: Include;
}

export interface NginxConfig {
  readonly settings: readonly NginxSettings[];
  readonly unread: readonly Unread[];
}

/** Throws an Error of one line with file and line where the text is no configuration. */
export function readNginxConfig(text: string, options: NginxReadOptions): NginxConfig {
  const reading = new Reading();
  const root = parse(text, options.file, options.include);
  const whole = root.filter(({ name, block }) => name === 'http' && block);
  root.filter(({ name }) => name === 'stream').forEach((directive) => reading.not(directive, 'it passes bytes on, and is not followed'));
  const levels = whole.length > 0 ? whole.map(({ block }) => new Level(block!)) : [new Level(root)];
  const settings = levels.flatMap((http) => readHttp(http, options, reading));
  return { settings, unread: reading.unread };
}

function readHttp(http: Level, { version, port }: NginxReadOptions, reading: Reading): NginxSettings[] {
  noteIncludes(http, reading);
  const servers = http.all('server').filter(({ block }) => block).map((directive) => serverOf(directive, reading));
  const maps = http.all('map');
  const sockets = socketsOf(servers);
  const upstreams = new Map(http.all('upstream').map(({ words, block }) => (
    [words[0], (block ?? []).filter(({ name }) => name === 'server').map((server) => server.words[0])] as const
  )));
  return servers.flatMap((server) => {
    const ports = [...server.listens.keys()].filter((one) => port === undefined || one === undefined || one === port);
    if (ports.length === 0) return [];
    const inside = insideOf(server, http, { reading, upstreams, maps });
    return ports.map((one) => settingsOf({ server, port: one, socket: sockets.get(one)!, http, version, reading, inside }));
  });
}

/** Includes that were not given; of one of a server or location it is enough to name it. */
function noteIncludes(level: Level, reading: Reading): void {
  for (const directive of level.directives) {
    if (isOpaque(directive)) reading.not(directive, `${shown(directive.words[0] ?? '')} was not given`);
    if (directive.block && (directive.name === 'server' || directive.name === 'location')) noteIncludes(new Level(directive.block), reading);
  }
}

interface Server {
  readonly directive: Directive;
  readonly level: Level;
  /** By port; undefined is one that is not known. Without any it is 80. */
  readonly listens: ReadonlyMap<number | undefined, readonly Directive[]>;
}

/** What the servers of a port have in common. */
interface Socket {
  readonly ssl: boolean;
  readonly http2: boolean;
  readonly quic: boolean;
  readonly proxyProtocol: boolean;
  readonly defaultServer: Server;
  readonly lines: Readonly<Record<string, string>>;
}

function serverOf(directive: Directive, reading: Reading): Server {
  const level = new Level(directive.block!);
  const listens = new Map<number | undefined, Directive[]>();
  for (const listen of level.all('listen')) {
    const port = listenPortOf(listen.words[0] ?? '');
    if (port === undefined) reading.not(listen, `${shown(listen.words[0] ?? '')} is no port`);
    listens.set(port, [...listens.get(port) ?? [], listen]);
  }
  return { directive, level, listens: level.all('listen').length === 0 ? new Map([[80, []]]) : listens };
}

function socketsOf(servers: readonly Server[]): ReadonlyMap<number | undefined, Socket> {
  const sockets = new Map<number | undefined, Socket>();
  for (const server of servers) {
    for (const [port, listens] of server.listens) {
      const has = (word: string) => listens.find(({ words }) => words.includes(word));
      const before = sockets.get(port);
      const lines = Object.fromEntries(['ssl', 'http2', 'quic', 'proxy_protocol'].flatMap((word) => {
        const listen = has(word);
        return listen ? [[word, at(listen)]] : [];
      }));
      sockets.set(port, {
        ssl: Boolean(before?.ssl) || Boolean(has('ssl')) || Boolean(has('quic')),
        http2: Boolean(before?.http2) || Boolean(has('http2')),
        quic: Boolean(before?.quic) || Boolean(has('quic')),
        proxyProtocol: Boolean(before?.proxyProtocol) || Boolean(has('proxy_protocol')),
        defaultServer: before && !has('default_server') && !has('default') ? before.defaultServer : server,
        lines: { ...before?.lines, ...lines },
      });
    }
  }
  return sockets;
}

interface Asked {
  readonly server: Server;
  readonly port?: number;
  readonly socket: Socket;
  readonly http: Level;
  readonly version?: string;
  readonly reading: Reading;
  readonly inside: Inside;
}

type Inside = Pick<NginxSettings, 'locations' | 'condition'>;

/** What a server does, at whichever port. */
function insideOf({ level }: Server, http: Level, around: Omit<Around, 'named'>): Inside {
  const returned = returnOf(level, around.reading);
  if (returned) return { locations: [{ does: returned, at: at(level.all('return')[0]) }] };
  const named = new Map(level.all('location').filter(({ words }) => words[0]?.startsWith('@')).map((directive) => [directive.words[0], directive] as const));
  const condition = conditionOf(level, around.reading) ?? (level.opaque && at(level.opaque));
  return { locations: readLocations([http, level], { ...around, named }), ...(condition ? { condition } : {}) };
}

function settingsOf(asked: Asked): NginxSettings {
  const { server, port, socket, http, version, reading, inside } = asked;
  const levels: Levels = [http, server.level];
  const lines = new Lines(reading);
  Object.assign(lines.lines, socket.lines, { server: at(server.directive) });
  const on = lines.take('http2', find(levels, 'http2'), ([word]) => (word === 'on' || word === 'off' ? word : undefined));
  const http2 = on === 'on' ? on : socket.http2 ? 'listen' : on === 'unknown' ? on : undefined;
  const names = server.level.all('server_name').flatMap(({ words }) => words);
  const alone = find(levels, 'ssl');
  const tls = socket.ssl || (alone.is === 'set' && alone.value[0] === 'on') ? tlsOf(asked, levels, lines) : undefined;
  const keepAlive = find(levels, 'keepalive_timeout');
  const seconds = keepAlive.is === 'set' ? secondsOf(keepAlive.value[0]) : undefined;
  return {
    ...(version === undefined ? {} : { version }),
    ...(port === undefined ? {} : { port }),
    ...(names.length > 0 ? { serverNames: names } : {}),
    ...(tls ? { tls } : {}),
    ...(http2 ? { http2 } : {}),
    ...(socket.quic ? { quic: true } : {}),
    ...(socket.proxyProtocol ? { proxyProtocol: true } : {}),
    ...(seconds === undefined ? {} : { keepAliveSeconds: seconds }),
    ...inside,
    lines: lines.lines,
  };
}

function tlsOf({ server, socket, http, reading }: Asked, levels: Levels, lines: Lines): NginxTls {
  const protocols = lines.take('ssl_protocols', find([http, socket.defaultServer.level], 'ssl_protocols'), tlsVersionsOf);
  const ciphers = find(levels, 'ssl_ciphers');
  const verify = lines.take('ssl_verify_client', find(levels, 'ssl_verify_client'), ([word]) => (
    word === 'on' || word === 'optional' ? word : word === 'optional_no_ca' ? 'optional' : word === 'off' ? 'off' : undefined
  ));
  const rejects = (level: Level) => {
    const found = find([http, level], 'ssl_reject_handshake');
    if (found.is === 'set') lines.lines.ssl_reject_handshake = found.at;
    return found.is === 'set' && found.value[0] === 'on';
  };
  const command = find(levels, 'ssl_conf_command');
  if (command.is === 'set') reading.not(command.directive, 'what it sets in OpenSSL is not followed');
  const others = returnOf(socket.defaultServer.level, reading);
  const plain = plainOf(levels, reading);
  return {
    ...(plain === undefined ? {} : { plain }),
    ...(command.is === 'set' ? { protocols: 'unknown' } : protocols === undefined ? {} : { protocols }),
    ...(ciphers.is === 'set' && ciphers.value.join(' ').includes('SECLEVEL=0') ? { securityLevel0: true } : {}),
    ...(verify === undefined || verify === 'off' ? {} : { verifyClient: verify }),
    ...(rejects(server.level) ? { rejectsHandshake: true }
      : rejects(socket.defaultServer.level) ? { rejectsUnknownNames: { otherHosts: others?.is === 'content' ? others.status ?? 404 : 404 } } : {}),
  };
}

/** error_page for 497, which is plain HTTP at a TLS port: a status of its own, or a redirect. */
function plainOf(levels: Levels, reading: Reading): number | undefined {
  const directive = [...levels].reverse().flatMap((level) => level.all('error_page')).find(({ words }) => words.includes('497'));
  if (!directive) return undefined;
  const [, status] = /^=(\d{3})$/.exec(directive.words.find((word) => word.startsWith('=')) ?? '') ?? [];
  if (status !== undefined) return Number(status);
  if (/^https?:/.test(directive.words[directive.words.length - 1])) return 302;
  reading.not(directive, 'what plain HTTP gets is not followed');
  return undefined;
}
