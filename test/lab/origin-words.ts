// Settings of servers from the words that a row of the matrix has for them: the tokens of its variant ("tls-http2-1.3-only") and its
// configuration in a few words ("SSLEnabled + Http2Protocol"), for variants that no table names. What says nothing known is the program
// as shipped. Not here: the table (origins.ts); nginx and proxies, which have readers of their own.

import { alpnTokens, Bounds, clientCertificate, idleSeconds, speaksTls, textOf, tlsBounds, Words } from './words';
import { TLS_VERSIONS, TlsVersion } from '../../src/protocol';
import { ApacheSettings, ApacheTls } from '../../src/systems/apache';
import { AsgiSettings, UvicornSettings } from '../../src/systems/asgi';
import { CaddySettings } from '../../src/systems/caddy';
import { EnvoySettings } from '../../src/systems/envoy';
import { GoSettings } from '../../src/systems/go';
import { GunicornSettings } from '../../src/systems/gunicorn';
import { NodeSettings, NodeTls, NodeWebSocket } from '../../src/systems/node';
import { TomcatSettings } from '../../src/systems/tomcat';
import { UwsgiSettings } from '../../src/systems/uwsgi';

export function nodeInWords(words: Words): NodeSettings {
  const text = textOf(words);
  const framework = (['express', 'fastify'] as const).find((name) => text.includes(name)) ?? (/grpc/.test(text) ? 'grpc-js' : undefined);
  const webSocket = nodeWebSocket(text);
  const http2 = framework === 'grpc-js' ? undefined : nodeHttp2(text);
  const keepAlive = idleSeconds(text, 'keepalivetimeout', 1000);
  return {
    ...(framework ? { framework } : {}),
    ...(speaksTls(words) || /createsecureserver|\bhttps?: ?\{/.test(text) ? { tls: nodeTls(words) } : {}),
    ...(http2 ? { http2 } : {}),
    ...(webSocket ? { webSocket } : {}),
    ...(/should-?upgrade/.test(text) ? { onlyWebSocketUpgrades: true } : {}),
    ...(keepAlive === undefined ? {} : { keepAliveSeconds: keepAlive }),
  };
}

function nodeHttp2(text: string): NodeSettings['http2'] {
  if (!/\bh2c?\b|\bhttp2\b|createsecureserver/.test(text)) return undefined;
  return {
    ...(/allowhttp1/.test(text) && !/no-?allowhttp1|allowhttp1: ?false|without allowhttp1/.test(text) ? { allowHttp1: true } : {}),
    ...(/rfc ?8441|enableconnectprotocol/.test(text) ? { enableConnectProtocol: true } : {}),
    ...(/no[- ]'?connect'?[- ]listener/.test(text) ? { connectListener: false } : {}),
  };
}

function nodeWebSocket(text: string): NodeWebSocket | undefined {
  if (/socket\.?io/.test(text)) return { is: 'socket.io' };
  // `server.on('upgrade')` hands over to ws with noServer, which is no server of its own.
  const byHand = /noserver|upgrade['"]?\)|on upgrade|upgrade[- ]listener/.test(text);
  if (!byHand && (/\bwss?-(standalone|alone|only)|websocketserver\(\{ ?port/.test(text))) return { is: 'ws-alone' };
  if (!byHand && /ws-(on-)?(server|path)|websocketserver\(\{ ?server|\{ ?server, ?path/.test(text)) {
    return { is: 'ws-on-server', ...(/path/.test(text) ? { path: '/ws' } : {}) };
  }
  return byHand || /\bwss?\b|websocket/.test(text) ? { is: 'upgrade-listener', path: '/ws' } : undefined;
}

function nodeTls(words: Words): NodeTls {
  const text = textOf(words);
  const { min, max } = counted(words, tlsBounds(text));
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(/sni-required|snicallback|no default certificate/.test(text) ? { needsServerName: true } : {}),
    ...(clientCertificate(text) ? { requiresClientCertificate: true } : {}),
  };
}

/** Below TLS 1.2 a version counts only at security level 0; where only a name is known, it is taken for given. */
function counted({ config }: Words, { min, max }: Bounds): { readonly min?: NodeTls['min']; readonly max?: NodeTls['max'] } {
  const old = min === '1.0' || min === '1.1';
  const silent = old && config !== undefined && !/seclevel ?= ?0/i.test(config) && max !== '1.0' && max !== '1.1';
  return { ...(min && min !== 'SSLv3' && !silent ? { min } : {}), ...(max && max !== 'SSLv3' ? { max } : {}) };
}

export function tomcatInWords(words: Words): TomcatSettings {
  const text = textOf(words);
  const without = /\b(no|without) (upgrade|http2)protocol/.test(text);
  const bounds = tlsBounds(text);
  const timeout = idleSeconds(text, 'keepalivetimeout', 1000) ?? idleSeconds(text, 'connectiontimeout', 1000);
  return {
    ...(speaksTls(words) || /sslenabled/.test(text) ? {
      tls: {
        ...(bounds.min || bounds.max ? { protocols: between(bounds) } : {}),
        ...(clientCertificate(text) || /certificateverification="?required/.test(text) ? { requiresClientCertificate: true } : {}),
      },
    } : {}),
    ...(!without && /\bhttp2\b|\bh2c?\b|http2protocol/.test(text) ? { http2: true } : {}),
    ...(/allowschememismatch/.test(text) && !/allowschememismatch="?false/.test(text) ? { allowSchemeMismatch: true } : {}),
    ...(timeout === undefined ? {} : { connectionTimeoutSeconds: timeout }),
  };
}

function between({ min = '1.2', max = '1.3' }: Bounds): TlsVersion[] {
  return TLS_VERSIONS.slice(TLS_VERSIONS.indexOf(min), TLS_VERSIONS.indexOf(max) + 1);
}

export function gunicornInWords(words: Words): GunicornSettings {
  const text = textOf(words);
  const named = /(?:-k|--worker-class) (?:uvicorn\.\S*|(\w+))/.exec(text)?.[1] ?? /\b(gthread|sync|asgi|uvicorn|gevent)\b/.exec(text)?.[1];
  const threads = Number(/--threads (\d+)/.exec(text)?.[1] ?? 1);
  const worker = /uvicorn/.test(text) ? 'uvicorn' : named === undefined || named === 'sync' ? (threads > 1 ? 'gthread' : undefined) : named as GunicornSettings['worker'];
  const http2Cleartext = cleartextOf(text);
  const httpProtocols = protocolsOf(text, http2Cleartext !== undefined);
  const keepAliveSeconds = idleSeconds(text, 'keep-alive');
  return {
    ...(worker ? { worker } : {}),
    ...(speaksTls(words) || /certfile/.test(text) ? { tls: true } : {}),
    ...(httpProtocols ? { httpProtocols } : {}),
    ...(http2Cleartext ? { http2Cleartext, trustedPeer: trusted(text) } : {}),
    ...(clientCertificate(text) || /--cert-reqs 2/.test(text) ? { requiresClientCertificate: true } : {}),
    ...(keepAliveSeconds === undefined ? {} : { keepAliveSeconds }),
  };
}

function cleartextOf(text: string): GunicornSettings['http2Cleartext'] {
  const said = /--http2-cleartext (\S+)/.exec(text)?.[1] ?? /\bh2c-(upgrade|prior-knowledge|both|off)/.exec(text)?.[1] ?? (/\bh2c\b/.test(text) ? 'both' : 'off');
  return said === 'off' ? undefined : said as GunicornSettings['http2Cleartext'];
}

function protocolsOf(text: string, cleartext: boolean): GunicornSettings['httpProtocols'] {
  const listed = /--http-protocols ((?:h[12],? ?)+)/.exec(text)?.[1];
  if (listed) return listed.split(/[, ]+/).filter((word): word is 'h1' | 'h2' => word === 'h1' || word === 'h2');
  if (/\bh2-only/.test(text)) return ['h2'];
  return cleartext || /\bh2\b/.test(text) ? ['h2', 'h1'] : undefined;
}

/** The lab's callers come from loopback, which --forwarded-allow-ips lists unless it says something else. */
function trusted(text: string): boolean {
  if (/untrusted/.test(text)) return false;
  const allowed = /--forwarded-allow-ips[ =]"?([^\s"]+)/.exec(text)?.[1];
  return allowed === undefined || /\*|127\.0\.0\.1|127\.0\.0\.0\/8/.test(allowed);
}

/** `default`: httptools where it was installed, which it was not beside 0.17. */
export function uvicornInWords(words: Words & { readonly version?: string }): UvicornSettings {
  const text = textOf(words);
  const http = /httptools/.test(text) ? 'httptools' : /\bh11\b/.test(text) || words.version?.startsWith('0.17') ? 'h11' : 'httptools';
  const keepAliveSeconds = idleSeconds(text, 'timeout-keep-alive') ?? idleSeconds(text, 'keep-alive');
  return {
    http,
    ...(speaksTls(words) || /--ssl-/.test(text) ? { tls: true } : {}),
    ...(clientCertificate(text) || /--ssl-cert-reqs 2/.test(text) ? { requiresClientCertificate: true } : {}),
    ...(keepAliveSeconds === undefined ? {} : { keepAliveSeconds }),
  };
}

export function asgiInWords(words: Words): AsgiSettings {
  const text = textOf(words);
  const keepAliveSeconds = idleSeconds(text, 'keep-alive') ?? idleSeconds(text, 'http-timeout');
  return {
    ...(speaksTls(words) || /certfile|\bssl:/.test(text) ? { tls: true } : {}),
    ...(clientCertificate(text) || /verify-mode cert_required/.test(text) ? { requiresClientCertificate: true } : {}),
    ...(keepAliveSeconds === undefined ? {} : { keepAliveSeconds }),
  };
}

export function uwsgiInWords(words: Words): UwsgiSettings {
  const text = textOf(words);
  const kinds = 'https2|https-socket|https|http11-socket|http-socket|http';
  const said = new RegExp(`(?:^|[ ;|]|--)(${kinds}) ?=`).exec(text)?.[1] ?? new RegExp(`^(${kinds})(?![a-z0-9])`).exec(text)?.[1];
  return {
    listens: (said ?? (words.listener === 'tls' ? 'https' : 'http-socket')) as UwsgiSettings['listens'],
    ...(/websockets/.test(text) && !/(no|without)[- ](http-)?websockets/.test(text) ? { httpWebSockets: true } : {}),
    ...(/keep-?alive/.test(text) ? { httpKeepalive: true } : {}),
  };
}

export function goInWords(words: Words): GoSettings {
  const text = textOf(words);
  const listed = [...text.matchAll(/\b(unencryptedhttp2|http1|http2)\b/g)].map(([, word]) => GO[word]);
  const tokens = alpnTokens(words.variant);
  const named = tokens.names.length === 0 || (tokens.names.join() === 'h2' && !tokens.only) ? [] : tokens.names.map((name) => GO[name]);
  const protocols = listed.length ? listed : tokens.names.join() === 'h2c' && !tokens.only ? [GO.h1, GO.h2c] : named;
  const { min, max } = tlsBounds(text);
  return {
    ...(speaksTls(words) || /listenandservetls/.test(text) ? { tls: true } : {}),
    ...(protocols.length ? { protocols: [...new Set(protocols)] } : {}),
    ...(min === '1.3' ? { minTls: '1.3' } : {}),
    ...(max === '1.2' ? { maxTls: '1.2' } : {}),
    ...(clientCertificate(text) || /requireandverifyclientcert/.test(text) ? { requiresClientCertificate: true } : {}),
  };
}

const GO: Readonly<Record<string, NonNullable<GoSettings['protocols']>[number]>> = {
  http1: 'HTTP1', h1: 'HTTP1', http2: 'HTTP2', h2: 'HTTP2', unencryptedhttp2: 'UnencryptedHTTP2', h2c: 'UnencryptedHTTP2',
};

export function apacheInWords(words: Words): ApacheSettings | undefined {
  const text = textOf(words);
  if (/proxy|^chain|balancer/.test(text)) return undefined;
  const listed = /\bprotocols ((?:(?:h2c?|http\/1\.1)\b[ ;]*)+)/.exec(text)?.[1].trim().split(/[ ;]+/).filter(Boolean);
  const { names, only } = alpnTokens(words.variant);
  const named = names.includes('h2c') ? 'h2c' : names.includes('h2') || /h2moderntlsonly/.test(text) ? 'h2' : undefined;
  const protocols = listed ?? (named && (only ? [named] : [named, 'http/1.1']));
  const keepAliveSeconds = idleSeconds(text, 'keepalivetimeout');
  const { h2Direct, h2Upgrade } = { h2Direct: switchOf(text, 'h2direct'), h2Upgrade: switchOf(text, 'h2upgrade') };
  return {
    ...(protocols ? { protocols: protocols as ApacheSettings['protocols'] } : {}),
    ...(h2Direct === undefined ? {} : { h2Direct }),
    ...(h2Upgrade === undefined ? {} : { h2Upgrade }),
    ...(speaksTls(words) || /sslengine on/.test(text) ? { tls: apacheTls(words) } : {}),
    ...(keepAliveSeconds === undefined ? {} : { keepAliveSeconds }),
  };
}

function apacheTls(words: Words): ApacheTls {
  const text = textOf(words);
  const { min, max } = tlsBounds(text);
  const old = min === '1.0' || min === '1.1' || min === 'SSLv3';
  return {
    ...(min ? { min } : {}),
    ...(max && max !== '1.3' ? { max } : {}),
    ...(/seclevel ?= ?0|seclevel0/.test(text) || (old && words.config === undefined) ? { securityLevel0: true } : {}),
    ...(/h2moderntlsonly[- ]off/.test(text) ? { h2ModernTlsOnly: false } : {}),
    ...(clientCertificate(text) ? { requiresClientCertificate: true } : {}),
  };
}

function switchOf(text: string, directive: string): boolean | undefined {
  const said = new RegExp(`${directive}[- ](on|off)`).exec(text)?.[1];
  return said === undefined ? undefined : said === 'on';
}

export function caddyInWords(words: Words): CaddySettings | undefined {
  const text = textOf(words);
  if (/proxy|^chain/.test(text)) return undefined;
  const listed = /\bprotocols ((?:h[123]c?\b[ ,;]*)+)/.exec(text)?.[1].trim().split(/[ ,;]+/);
  const { names, only } = alpnTokens(words.variant);
  const implied = names.join() === 'h2c' && !only ? ['h1', 'h2c'] : only || names.length > 1 ? names : undefined;
  const { min } = tlsBounds(text);
  const protocols = listed ?? implied;
  return {
    ...(protocols ? { protocols: protocols as CaddySettings['protocols'] } : {}),
    ...(speaksTls(words) ? { tls: { ...(min === '1.2' || min === '1.3' ? { min } : {}), ...(clientCertificate(text) ? { requiresClientCertificate: true } : {}) } } : {}),
  };
}

export function envoyInWords(words: Words): EnvoySettings {
  const text = textOf(words);
  return {
    ...(/accept_http_10|accepts http\/1\.0/.test(text) ? { acceptHttp10: true } : {}),
    ...(/upgrade_configs?[^;]*websocket/.test(text) ? { webSocket: true } : {}),
  };
}
