// Values of directives: times with nginx's units, addresses of listen and proxy_pass, lists of TLS versions, the map of $http_upgrade.
// Facts: nginx.org "Configuration file measurement units"; ngx_http_map_module manual; nginx.org "WebSocket proxying".

import { NginxPass } from './settings';
import { Directive } from './syntax';
import { TlsVersion } from '../../protocol';

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, M: 2_592_000, y: 31_536_000 };

/** Seconds; undefined: not a time. */
export function secondsOf(text: string | undefined): number | undefined {
  const parts = text?.trim().split(/\s+/) ?? [];
  const joined = parts.join('');
  if (/^\d{1,10}$/.test(joined)) return Number(joined);
  if (!/^(\d{1,10}(ms|[smhdwMy])){1,8}$/.test(joined)) return undefined;
  return [...joined.matchAll(/(\d+)(ms|[smhdwMy])/g)].reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit], 0);
}

const VERSIONS: Readonly<Record<string, TlsVersion>> = { 'SSLv3': 'SSLv3', 'TLSv1': '1.0', 'TLSv1.1': '1.1', 'TLSv1.2': '1.2', 'TLSv1.3': '1.3' };

/** ssl_protocols; SSLv2 is long gone. Undefined: a word that is none. */
export function tlsVersionsOf(words: readonly string[]): readonly TlsVersion[] | undefined {
  const versions = words.filter((word) => word !== 'SSLv2').map((word) => VERSIONS[word]);
  return versions.some((version) => version === undefined) ? undefined : versions;
}

/** The port of a listen directive; undefined where it has none, or a template is to be filled in first. */
export function listenPortOf(address: string): number | undefined {
  if (address.startsWith('unix:') || address.includes('$')) return undefined;
  const [, port] = /^(?:.*:)?(\d{1,5})$/.exec(address) ?? [];
  return port === undefined ? 80 : Number(port);
}

export interface Target {
  readonly scheme: string;
  /** Undefined where a variable decides. */
  readonly host?: string;
  readonly uri?: string;
}

/** proxy_pass or grpc_pass; `unknown`: a variable decides more than the host. */
export function targetOf(text: string, scheme?: string): Target | 'unknown' {
  const [, named, rest] = /^([a-z]+):\/\/(.*)$/s.exec(text) ?? [];
  const known = named ?? scheme;
  if (known === undefined || (named === undefined && text.includes('://'))) return 'unknown';
  return { scheme: known, ...splitTarget(rest ?? text) };
}

function splitTarget(rest: string): Pick<Target, 'host' | 'uri'> {
  if (rest.startsWith('unix:')) {
    const colon = rest.indexOf(':', 'unix:'.length);
    return colon < 0 ? { host: rest } : { host: rest.slice(0, colon), uri: rest.slice(colon + 1) };
  }
  const starts = ['/', '$request_uri', '$uri'].map((start) => rest.indexOf(start)).filter((index) => index >= 0);
  const end = starts.length === 0 ? rest.length : Math.min(...starts);
  const [host, uri] = [rest.slice(0, end), end === rest.length ? undefined : rest.slice(end)];
  return { ...(host === '' || host.includes('$') ? {} : { host }), ...(uri === undefined ? {} : { uri }) };
}

export const isAddress = (host: string) => /^(\d{1,3}(\.\d{1,3}){3}|\[.*\])(:\d+)?$/.test(host);

const hasUpgrade = (value: string | undefined) => value?.toLowerCase().split(',').some((token) => token.trim() === 'upgrade') ?? false;

/** What a Connection header says; a variable is looked up among the maps. Undefined: not understood. */
export function connectionOf(value: string, maps: readonly Directive[]): NginxPass['connection'] {
  if (value === '') return 'none';
  if (value === '$http_connection') return '$http_connection';
  if (value.startsWith('$')) return ofMap(maps.find(({ words }) => words[1] === value.replace(/^\$\{(.*)\}$/, '$$$1')));
  if (value.includes('$')) return undefined;
  if (hasUpgrade(value)) return 'upgrade';
  const token = value.toLowerCase();
  return token === 'close' || token === 'keep-alive' ? token : undefined;
}

function ofMap(map: Directive | undefined): NginxPass['connection'] {
  if (!map?.block || map.words[0] !== '$http_upgrade') return undefined;
  const values = new Map(map.block.map(({ name, words }) => [name.toLowerCase(), words[0] ?? '']));
  if ([...values].some(([key, value]) => key === 'include' || key.startsWith('~') || key === 'hostnames' || value.includes('$'))) return undefined;
  const [otherwise, without, socket] = [values.get('default') ?? '', values.get('') ?? values.get('default') ?? '', values.get('websocket')];
  if (hasUpgrade(without)) return hasUpgrade(otherwise) ? 'upgrade' : undefined;
  if (hasUpgrade(otherwise)) return socket === undefined || hasUpgrade(socket) ? 'map' : undefined;
  return hasUpgrade(socket) ? 'map of websocket' : undefined;
}
