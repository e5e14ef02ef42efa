// The proxies that are declared before a server: which model each is, under its configuration or its settings. A configuration is
// read here and nowhere else; a line that matters and could not be understood makes the outcome unknown, by file and line.
// Not here: what the programs do (nginx/, haproxy/, apache/, caddy/, envoy, varnish).

import { DeclaredHop } from '../../protocol';
import { apacheProxy } from '../apache';
import { caddyProxy } from '../caddy';
import { envoyProxy } from '../envoy';
import { haproxy, HaproxySettings } from '../haproxy';
import { serversFor, silence } from '../haproxy/backends';
import { readHaproxyConfig } from '../haproxy/read';
import { nginx, NginxPass, NginxSettings } from '../nginx';
import { locationFor } from '../nginx/location';
import { readNginxConfig } from '../nginx/read';
import { Program } from '../program/knock';
import { varnishProxy } from '../varnish';

/** After how many seconds without a byte a WebSocket is closed, and the setting that says so. */
export interface Silence {
  readonly seconds: number;
  readonly setting: string;
}

export interface Hop {
  /** For messages: "nginx 1.22.1 (nginx.conf)". */
  readonly name: string;
  readonly through: (behind: Program) => Program;
  /** Why it cannot be said what it does. */
  readonly unknown?: string;
  /** Undefined: for ever; `unknown`: a line that says it could not be understood. */
  silence?(path: string): Silence | 'unknown' | undefined;
}

/** What is known of the server behind: the port that is asked, and whether it expects TLS. */
interface Around {
  readonly port?: number;
  readonly tls: boolean;
}

const read = new WeakMap<DeclaredHop, Hop>();

export function hopOf(hop: DeclaredHop, around: Around): Hop {
  const before = read.get(hop);
  if (before) return before;
  const { program, version, file } = hop;
  const name = `${program}${version === undefined ? '' : ` ${version}`}${file === undefined ? '' : ` (${file})`}`;
  const made: Hop = { name, ...modelOf(hop, around) };
  read.set(hop, made);
  return made;
}

function modelOf(hop: DeclaredHop, around: Around): Omit<Hop, 'name'> {
  const { version, settings = {} } = hop;
  const to = around.tls ? 'https' : 'http';
  switch (hop.program) {
    case 'nginx': return configured(() => nginxSettings(hop, around), ofNginx);
    case 'haproxy': return configured(() => haproxySettings(hop, around), ofHaproxy);
    case 'apache': return {
      through: (behind) => apacheProxy({ version, to, ...(settings.webSocket ? { upgrade: 'websocket' } : {}), ...(settings.http10 ? { forceProxyRequest10: true } : {}) }, behind),
    };
    case 'caddy': return { through: (behind) => caddyProxy({ version, to }, behind) };
    case 'envoy': return { through: (behind) => envoyProxy({ version, ...settings }, behind) };
    case 'varnish': return { through: (behind) => varnishProxy({ version, http2: settings.http2 === true, pipesWebSocket: settings.pipe === true }, behind) };
    default: return hop.program satisfies never;
  }
}

/** A configuration that cannot be read, or that leaves open which part counts, is no reason to stop. */
function configured<Settings>(settings: () => Settings, model: (settings: Settings) => Omit<Hop, 'name'>): Omit<Hop, 'name'> {
  try {
    return model(settings());
  } catch (error) {
    return { through: (behind) => behind, unknown: (error as Error).message };
  }
}

/** Of several ports the one that is declared. */
function atPort<Of extends { readonly port?: number }>(all: readonly Of[], port: number | undefined, file: string): Of {
  if (all.length === 0) throw new Error(`${file} has no server that listens`);
  if (all.length === 1) return all[0];
  const meant = all.filter((one) => port !== undefined && one.port === port);
  if (meant.length === 1) return meant[0];
  if (meant.length > 1) throw new Error(`${file} has several servers on port ${port}, and which one a request meets depends on its host name`);
  throw new Error(`${file} listens on several ports (${all.map((one) => one.port ?? '?').join(', ')}); say with port which one is meant`);
}

function nginxSettings({ version, config, file = 'nginx.conf' }: DeclaredHop, { port, tls }: Around): NginxSettings {
  if (config === undefined) return { version, locations: [{ does: { is: 'proxy_pass', ...(tls ? { tls: {} } : {}) } }] };
  return atPort(readNginxConfig(config, { file, version }).settings, port, file);
}

function ofNginx(settings: NginxSettings): Omit<Hop, 'name'> {
  return {
    through: (behind) => nginx(settings, behind),
    silence: (path) => {
      const { does } = locationFor(settings, path).taken;
      return does.is === 'proxy_pass' ? silenceOf(does) : undefined;
    },
  };
}

function silenceOf({ readTimeoutSeconds = 60, lines }: NginxPass): Silence | 'unknown' {
  if (readTimeoutSeconds === 'unknown') return 'unknown';
  return { seconds: readTimeoutSeconds, setting: `proxy_read_timeout${lines?.proxy_read_timeout ? `, ${lines.proxy_read_timeout}` : ', the default'}` };
}

function haproxySettings({ version, config, file = 'haproxy.cfg' }: DeclaredHop, { port, tls }: Around): HaproxySettings {
  if (config === undefined) return { version, mode: 'http', bind: {}, server: tls ? { tls: { verify: 'none' } } : {} };
  const all = readHaproxyConfig(config, { file, version }).settings.map((settings) => ({ settings, port: settings.bind.port }));
  return atPort(all, port, file).settings;
}

function ofHaproxy(settings: HaproxySettings): Omit<Hop, 'name'> {
  return {
    through: (behind) => haproxy(settings, behind),
    silence: (path) => {
      const [server] = serversFor(settings, path);
      const seconds = server ? silence(settings, server) : Infinity;
      const setting = server?.timeouts?.tunnel === undefined ? 'timeout client and timeout server, as there is no timeout tunnel' : 'timeout tunnel';
      return Number.isFinite(seconds) ? { seconds, setting } : undefined;
    },
  };
}
