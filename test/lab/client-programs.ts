// The client programs of the matrix: what an id such as "python-httpx/0.28.1 http2=True python/3.13" stands for, and the reference
// servers that they are tried against. Not here: how programs call (src/systems/clients).

import { Modelled } from './matrix';
import { call, Destination } from '../../src/systems/clients';
import { callsOf } from '../../src/systems/clients/programs';
import { envoy } from '../../src/systems/envoy';
import { node, NodeSettings } from '../../src/systems/node';
import { Program } from '../../src/systems/program/knock';
import { tomcat } from '../../src/systems/tomcat';

/** A server that programs are tried against, and how they are to call it. */
export interface Reference {
  readonly server: Program;
  readonly to: Destination;
}

const ON = 'name of one label';
const ofNode = (settings: NodeSettings): Program => (knock) => node({ version: '20.20.2', ...settings }, knock);
const at = (scheme: Destination['scheme'], settings: NodeSettings): Reference =>
  ({ server: ofNode(settings), to: { scheme, host: ON, path: scheme.startsWith('ws') ? '/ws' : '/' } });

const UPGRADE_LISTENER: NodeSettings = { webSocket: { is: 'upgrade-listener', path: '/ws' } };

export const REFERENCES: Readonly<Record<string, Reference>> = {
  'clear-h1': at('http', {}),
  'clear-h1+ws-server-option': at('http', { webSocket: { is: 'ws-on-server', path: '/ws' } }),
  'clear-h1+ws-upgrade-listener': at('http', UPGRADE_LISTENER),
  'clear-h2c-only': at('http', { http2: {} }),
  'clear-h1+h2c (tomcat, upgrade and prior knowledge)': { ...at('http', {}), server: (knock) => tomcat({ http2: true }, knock) },
  'clear-envoy-stand-in': { ...at('http', {}), server: (knock) => envoy({}, knock) },
  'tls-alpn-h2+http/1.1': at('https', { tls: {}, http2: { allowHttp1: true } }),
  'tls-alpn-http/1.1-only': at('https', { tls: {} }),
  'tls-sni-required': at('https', { tls: { needsServerName: true } }),
  'tls1.0-only': at('https', { tls: { min: '1.0', max: '1.0' } }),
  'tls1.2-only': at('https', { tls: { min: '1.2', max: '1.2' } }),
  'tls1.3-only': at('https', { tls: { min: '1.3' } }),
  'https through a proxy that answers HTTP/1.0 CONNECT with 426': {
    server: ofNode({ tls: {} }),
    to: { scheme: 'https', host: ON, path: '/', proxy: ({ version }) => ({ kind: 'status', status: version === '1.0' ? 426 : 200 }) },
  },
  'ws': at('ws', UPGRADE_LISTENER),
  'wss-alpn-http/1.1': at('wss', { ...UPGRADE_LISTENER, tls: {} }),
  'wss-alpn-h2+http/1.1': at('wss', { ...UPGRADE_LISTENER, tls: {}, http2: { allowHttp1: true } }),
  'wss-alpn-h2-only+rfc8441': at('wss', { tls: {}, http2: { enableConnectProtocol: true } }),
};

/** "undici/7.30.2 on node/20.20.2 request" -> the name "undici request", and the versions of undici and node. */
export function programOf(id: string): { readonly name: string; readonly versions: Readonly<Record<string, string>> } {
  const spelt = id.replace(/^go(?=\d)/, 'go/');
  const versions = Object.fromEntries([...spelt.matchAll(/([^\s/]+)\/(\d[\d.]*)/g)].map(([, program, version]) => [program, version]));
  const name = spelt.replace(/ \([^)]*\)/g, '').replace(/ (on node|python|urllib3)\/\S+/g, '').replace(/\/\d[\d.]*/g, '');
  return { name, versions };
}

export const CLIENTS_AT_REFERENCES: Modelled = {
  system: 'reference-server',
  program: (row) => REFERENCES[row.variant]?.server ?? { leftOut: `no such reference server here: ${row.variant}` },
  see(row) {
    const reference = REFERENCES[row.variant];
    if (!reference) return { leftOut: `no such reference server here: ${row.variant}` };
    const { name, versions } = programOf(row.client);
    const calls = callsOf(name, versions);
    return calls ? call(calls, reference.to, reference.server) : { leftOut: `no such client program here: ${name}` };
  },
};
