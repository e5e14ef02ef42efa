// The settings of server programs and proxies that change what a caller gets, as declarations spell them: which there are and
// what they may be. Not here: what follows from them (systems/).

import type { PresetId } from './presets';
import type { HopProgram } from './server';

/** What a setting may be; a list of words means one of them, `words` several of them. */
export type SettingForm = 'flag' | 'number' | 'text' | { readonly one: readonly string[] } | { readonly some: readonly string[] };

export type SettingForms = Readonly<Record<string, SettingForm>>;

const KEEP_ALIVE: SettingForms = { keepAliveSeconds: 'number' };
const NODE_WEB_SOCKET: SettingForms = { path: 'text', onlyWebSocketUpgrades: 'flag' };
const TOMCAT: SettingForms = { http2: 'flag', allowSchemeMismatch: 'flag', connectionTimeoutSeconds: 'number' };
const GUNICORN: SettingForms = {
  ...KEEP_ALIVE,
  worker: { one: ['sync', 'gthread', 'gevent', 'asgi'] },
  httpProtocols: { some: ['h1', 'h2'] },
  http2Cleartext: { one: ['upgrade', 'prior-knowledge', 'both'] },
  trustedPeer: 'flag',
};
const ENVOY: SettingForms = { acceptHttp10: 'flag', webSocket: 'flag' };

/** By preset; a preset that is not here has none. */
export const SERVER_SETTINGS: Readonly<Partial<Record<PresetId, SettingForms>>> = {
  'node-ws': {},
  'node-ws-with-http': NODE_WEB_SOCKET,
  'socket.io': { path: 'text' },
  'node-http2': { enableConnectProtocol: 'flag' },
  'node-http2-cleartext': { enableConnectProtocol: 'flag' },
  'node-http2-allow-http1': { enableConnectProtocol: 'flag' },
  'tomcat': TOMCAT,
  'tomcat-http2': TOMCAT,
  'spring-boot': TOMCAT,
  'gunicorn': GUNICORN,
  'uwsgi': { listens: { one: ['http-socket', 'http11-socket', 'http', 'https', 'https2'] }, httpWebSockets: 'flag', httpKeepalive: 'flag' },
  'uvicorn': { http: { one: ['h11', 'httptools'] } },
  'gunicorn-uvicorn-worker': { http: { one: ['h11', 'httptools'] } },
  'go-http': { protocols: { some: ['HTTP1', 'HTTP2', 'UnencryptedHTTP2'] } },
  'apache': { protocols: { some: ['h2', 'h2c', 'http/1.1'] } },
  'caddy': { protocols: { some: ['h1', 'h2', 'h2c', 'h3'] } },
  'envoy': ENVOY,
};

/** By proxy; nginx and HAProxy have their configuration instead. */
export const HOP_SETTINGS: Readonly<Record<HopProgram, SettingForms>> = {
  nginx: {},
  haproxy: {},
  apache: { webSocket: 'flag', http10: 'flag' },
  caddy: {},
  envoy: ENVOY,
  varnish: { pipe: 'flag', http2: 'flag' },
};

const TLS = { some: ['1.0', '1.1', '1.2', '1.3'] };
const PROXY: SettingForms = { inspectsTls: 'flag', removesAlpn: 'flag', dropsUpgrade: 'flag', tls: TLS };

/** By hop in front of an entry point. */
export const FRONT_SETTINGS = {
  'corporate-proxy': PROXY,
  'squid': PROXY,
  'palo-alto': PROXY,
  'zscaler': PROXY,
  'google-cloud-load-balancer': { mode: { one: ['global', 'classic', 'regional'] }, backendProtocol: { one: ['HTTP', 'HTTPS', 'HTTP2'] } },
  'apigee': {},
  'azure-front-door': { caching: 'flag', grpc: 'flag' },
  'azure-application-gateway': { http2: 'flag' },
} as const satisfies Record<string, SettingForms>;

export type FrontId = keyof typeof FRONT_SETTINGS;

export const FRONT_IDS = Object.keys(FRONT_SETTINGS) as readonly FrontId[];

/** What is wrong with the settings of a program, in words; nothing when all is well. */
export function misfits(program: string, forms: SettingForms, settings: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    if (!Object.prototype.hasOwnProperty.call(forms, name)) {
      const known = Object.keys(forms);
      return [`"${name}" is no setting of ${program}; ${known.length ? `there are ${known.join(', ')}` : 'it has none'}`];
    }
    const wrong = misfit(forms[name], value);
    return wrong ? [`${name} of ${program} is ${wrong}`] : [];
  });
}

function misfit(form: SettingForm, value: unknown): string | undefined {
  const said = word(value);
  if (form === 'flag') return said === 'true' || said === 'false' ? undefined : 'neither true nor false';
  if (form === 'number') return said !== '' && typeof value !== 'boolean' && Number.isFinite(Number(said)) ? undefined : 'no number';
  if (form === 'text') return typeof value === 'string' ? undefined : 'no text';
  if ('one' in form) return form.one.includes(said) ? undefined : `none of ${form.one.join(', ')}`;
  return listed(value).every((one) => form.some.includes(one)) ? undefined : `not made of ${form.some.join(', ')}`;
}

/** The settings in their own types, those that do not fit left out. */
export function fitted(forms: SettingForms, settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const known = (name: string) => Object.prototype.hasOwnProperty.call(forms, name);
  const fitting = Object.entries(settings).filter(([name, value]) => known(name) && !misfit(forms[name], value));
  return Object.fromEntries(fitting.map(([name, value]) => [name, typed(forms[name], value)]));
}

function typed(form: SettingForm, value: unknown): unknown {
  if (form === 'flag') return word(value) === 'true';
  if (form === 'number') return Number(word(value));
  return typeof form === 'object' && 'some' in form ? listed(value) : word(value);
}

function listed(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(word);
}

/** A scalar as text; anything else is no word. */
function word(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
