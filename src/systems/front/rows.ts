// What stands in front of an entry point and AWS does not run: the edges of other clouds, gateways, corporate proxies. One row each:
// which clients get in, what is sent on. `undefined` is not known, and stays so.
// Facts: Google Cloud "Load balancing features" (documented: HTTP/1.0 from clients in the global and classic modes only; WebSocket
// over HTTP/1.1; HTTP/2 to clients cannot be switched off), kubernetes/ingress-gce#855 (an HTTP/2 backend breaks WebSocket: 502),
// spellshift/realm#726 (WebSocket over HTTP/2: 503); Google Cloud community "Apigee X support for HTTP/1.0" (426) and Apigee
// "websocket-config"; Azure "HTTP/2 support in Azure Front Door" (HTTP/1.1 to origins unless the route has gRPC), "WebSocket on Azure
// Front Door" (no Upgrade to the origin where the route caches), Application Gateway "WebSocket and HTTP/2 traffic" (HTTP/1.1 to
// backends); Palo Alto decryption profile "Strip ALPN" (off by default); Zscaler SSL inspection rules (http2Enabled per rule);
// Squid 5.7, 6.13, 7.7 with ssl-bump: seen. That the regional mode of Google Cloud and Apigee answer HTTP/1.0 with 426 is reported, not documented.

import { FrontId, Outcome, TlsVersion } from '../../protocol';

export interface FrontRow {
  readonly name: string;
  /** Everybody comes through it; else the others come directly. */
  readonly everybody: boolean;
  /** TLS versions it speaks with clients; undefined: not known. */
  readonly tls?: readonly TlsVersion[];
  /** What an HTTP/1.0 client gets. */
  readonly http10: 'served' | 'unknown' | { readonly answer: Outcome; readonly certain: boolean };
  /** Whether HTTP/2 is negotiated with clients. */
  readonly http2: boolean | undefined;
  /** What it speaks to the entry point. */
  readonly sends: readonly ('2' | '1.1')[] | undefined;
  /** Whether it opens TLS to the entry point; undefined: as the client does. */
  readonly scheme?: 'http' | 'https';
  /** Whether a WebSocket handshake keeps its Upgrade header; undefined: not known. */
  readonly upgrade: boolean | undefined;
  /** What a WebSocket client gets that has negotiated HTTP/2. */
  readonly webSocketOverHttp2?: Outcome;
  /** What the client sees when the handshake with the entry point fails. */
  readonly failedHandshake: Outcome;
  /** The setting to change, by what is wrong. */
  readonly fix: { readonly upgrade?: string; readonly http2?: string };
}

type Settings = Readonly<Record<string, unknown>>;
/** Nothing, where it only tunnels. */
type Row = (settings: Settings) => FrontRow | undefined;

const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

/** A proxy that ends TLS with a certificate of its own, or, without inspection, only tunnels (CONNECT, RFC 9110 section 9.3.6). */
const inspecting = (name: string, removesAlpn: boolean | undefined, dropsUpgrade: boolean | undefined): Row => (settings) => {
  if (flag(settings.inspectsTls) === false) return undefined;
  const stripped = flag(settings.removesAlpn) ?? removesAlpn;
  const dropped = flag(settings.dropsUpgrade) ?? dropsUpgrade;
  return {
    name,
    everybody: false,
    http10: 'served',
    tls: (settings.tls as readonly TlsVersion[] | undefined) ?? ['1.2', '1.3'],
    http2: stripped === undefined ? undefined : !stripped,
    sends: stripped === undefined ? undefined : stripped ? ['1.1'] : ['2', '1.1'],
    upgrade: dropped === undefined ? undefined : !dropped,
    failedHandshake: '503',
    fix: { upgrade: 'the proxy has to let WebSocket through (Squid: http_upgrade_request_protocols websocket allow)', http2: 'the proxy has to keep ALPN, or leave this name out of its inspection' },
  };
};

export const FRONT_ROWS: Readonly<Record<FrontId, Row>> = {
  'corporate-proxy': inspecting('the corporate proxy', undefined, undefined),
  'squid': inspecting('Squid', true, true),
  'palo-alto': inspecting('the Palo Alto firewall', false, undefined),
  'zscaler': inspecting('Zscaler', undefined, undefined),
  'google-cloud-load-balancer': ({ mode, backendProtocol }) => ({
    name: 'the Google Cloud load balancer',
    everybody: true,
    http10: mode === undefined ? 'unknown' : mode === 'regional' ? { answer: '426', certain: false } : 'served',
    http2: true,
    sends: backendProtocol === 'HTTP2' ? ['2'] : ['1.1'],
    ...(backendProtocol === undefined ? {} : { scheme: backendProtocol === 'HTTP' ? 'http' : 'https' }),
    upgrade: true,
    webSocketOverHttp2: '503',
    failedHandshake: '502',
    fix: { http2: 'backend protocol HTTP or HTTPS for WebSocket, HTTP2 for gRPC' },
  }),
  'apigee': () => ({
    name: 'Apigee',
    everybody: true,
    http10: { answer: '426', certain: false },
    http2: true,
    sends: undefined,
    upgrade: true,
    failedHandshake: '503',
    fix: {},
  }),
  'azure-front-door': ({ caching, grpc }) => ({
    name: 'Azure Front Door',
    everybody: true,
    http10: 'unknown',
    http2: true,
    sends: grpc === true ? ['2'] : ['1.1'],
    upgrade: caching !== true,
    failedHandshake: '502',
    fix: { upgrade: 'switch caching off on the route of the WebSocket', http2: 'enable gRPC on the route' },
  }),
  'azure-application-gateway': ({ http2 }) => ({
    name: 'Azure Application Gateway',
    everybody: true,
    http10: 'unknown',
    http2: flag(http2),
    sends: ['1.1'],
    upgrade: true,
    failedHandshake: '502',
    fix: { http2: 'there is no HTTP/2 towards backends; leave it out of the way of gRPC' },
  }),
};
