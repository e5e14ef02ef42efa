// Settings that are not known, tried with every value they may have: if all agree, the outcome is certain all the same.
// Not here: which ages of nginx there are (ages.ts).

import { NginxLocation, NginxPass, NginxSettings, NginxTls, NginxUpstreamTls, Unknown } from './settings';
import { shown } from './syntax';
import { TlsVersion } from '../../protocol';
import { nameSeen, Seen } from '../program/knock';

const VERSIONS: readonly TlsVersion[][] = [['1.2'], ['1.2', '1.3'], ['1.3']];

/** Every reading of a setting: its value, or all that it may be. */
function readings<Value>(value: Value, all: readonly Exclude<Value, Unknown>[]): readonly Exclude<Value, Unknown>[] {
  return value === 'unknown' ? all : [value as Exclude<Value, Unknown>];
}

/** The listener, with what is not known filled in. */
export function listeners(settings: NginxSettings): readonly NginxSettings[] {
  const { tls } = settings;
  const known = readings<NginxSettings['http2']>(settings.http2, ['on', undefined]).map((http2): NginxSettings => ({ ...settings, http2 }));
  if (!tls) return known;
  const sides = readings<NginxTls['protocols']>(tls.protocols, VERSIONS).flatMap((protocols) => (
    readings<NginxTls['verifyClient']>(tls.verifyClient, ['on', undefined]).map((verifyClient): NginxTls => ({ ...tls, protocols, verifyClient }))
  ));
  return known.flatMap((one) => sides.map((side): NginxSettings => ({ ...one, tls: side })));
}

/** What a location passes on, the same way. */
export function passes(pass: NginxPass): readonly NginxPass[] {
  const headers = readings<NginxPass['upgrade']>(pass.upgrade, ['$http_upgrade', 'none']).flatMap((upgrade) => (
    readings<NginxPass['connection']>(pass.connection, ['map', 'none']).map((connection): NginxPass => ({ ...pass, upgrade, connection }))
  ));
  const known = headers.flatMap((one) => readings<NginxPass['httpVersion']>(pass.httpVersion, ['1.0', '1.1']).map((httpVersion): NginxPass => ({ ...one, httpVersion })));
  return known.flatMap((one) => upstreamSides(pass.tls).map((tls): NginxPass => ({ ...one, tls })));
}

function upstreamSides(tls: NginxUpstreamTls | undefined): readonly (NginxUpstreamTls | undefined)[] {
  if (!tls) return [undefined];
  return readings<NginxUpstreamTls['protocols']>(tls.protocols, VERSIONS).flatMap((protocols) => (
    readings<NginxUpstreamTls['serverName']>(tls.serverName, ['off', 'right']).map((serverName): NginxUpstreamTls => ({ ...tls, protocols, serverName }))
  ));
}

/** One outcome if all are alike. */
export function agreed(all: readonly Seen[], reason: string): Seen {
  return all.every((seen) => nameSeen(seen) === nameSeen(all[0])) ? all[0] : { kind: 'unknown', because: reason };
}

/** What a setting is called in a configuration. */
const DIRECTIVE: Readonly<Record<string, string>> = {
  http2: 'http2',
  protocols: 'ssl_protocols',
  verifyClient: 'ssl_verify_client',
  httpVersion: 'proxy_http_version',
  upgrade: 'proxy_set_header Upgrade',
  connection: 'proxy_set_header Connection',
  readTimeoutSeconds: 'proxy_read_timeout',
  serverName: 'proxy_ssl_server_name',
};

/** For people: which lines are not understood. */
export function notRead(lines: Readonly<Record<string, string>> | undefined, settings: object, where: string): string {
  const names = Object.entries(settings).filter(([, value]) => value === 'unknown').map(([name]) => DIRECTIVE[name] ?? name);
  return `${names.map((name) => (lines?.[name] ? `${name} (${lines[name]})` : name)).join(', ')} of ${where} could not be read`;
}

/** The outcome, marked as a possible one if another location may take the path and does something else. */
export function unlessOther(seen: Seen, others: readonly { readonly seen: Seen; readonly location: NginxLocation }[]): Seen {
  const other = others.find((one) => nameSeen(one.seen) !== nameSeen(seen));
  if (!other || seen.possible !== undefined) return seen;
  const { path, at } = other.location;
  return { ...seen, possible: `the path does not match ${shown(path ?? '')}${at ? ` (${at})` : ''}` };
}
