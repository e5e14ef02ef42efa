// From evidence to causes, without a network: given what clients and looks saw, this cause is named. And what the probe is made of: which
// attempts there are, and that it can be bundled.

import * as fs from 'node:fs';
import { isBuiltin } from 'node:module';
import * as path from 'node:path';
import { attemptOf, clientsFor, tlsLooks } from '../../src/probe/attempts';
import { diagnose } from '../../src/probe/diagnosis';
import { Evidence } from '../../src/probe/evidence';
import { plain } from '../../src/probe/foreign';
import { fits, outcomeOf } from '../../src/probe/outcome';
import { ClientSeen } from '../../src/probe/probed';
import { targetOf } from '../../src/probe/target';
import { ClientId, CLIENTS } from '../../src/protocol';

const TLS = { version: '1.3', cipher: 'TLS_AES_128_GCM_SHA256', alpn: 'http/1.1' } as const;
const PUBLIC = { subject: 'lab.test', issuer: 'Amazon RSA 2048 M02', names: ['lab.test'], validTo: 'later', publicAuthority: true };
const answered = (status: number, headers: Record<string, string> = {}, more: Partial<NonNullable<Evidence['answer']>> = {}): Partial<Evidence> =>
  ({ end: 'answered', says: `${status}`, tls: { ...TLS, certificate: PUBLIC }, answer: { version: '1.1', status, headers, ...more } });
const failed = (alert?: string): Partial<Evidence> => ({ end: 'tls-failure', says: 'the server ends the TLS handshake', alert });

function seen(client: ClientId, evidence: Partial<Evidence>): ClientSeen {
  const { kind, needsAlpn } = CLIENTS[client];
  const whole: Evidence = { end: 'answered', says: '', milliseconds: 1, ...evidence };
  const outcome = outcomeOf(kind, whole, needsAlpn);
  const need = client === 'tls1.0' || client === 'tls1.1' ? 'refused' : 'served';
  return { client, kind, path: '/', alike: [], need, outcome, fits: fits(need, kind, outcome, []), evidence: whole };
}

type Row = [string, Partial<Record<ClientId, Partial<Evidence>>>, Record<string, Partial<Evidence>>, RegExp[]];

describe('causes', () => {
  test.each<Row>([
    ['all is well', { 'http/1.1': answered(200), 'h2': answered(200, {}, { version: '2' }) }, {}, []],
    ['a load balancer whose target group takes HTTP/2', { 'http/1.1': answered(464, { server: 'awselb/2.0' }), 'h2': answered(200, {}, { version: '2' }) }, {}, [/^edge-enforcement certain http\/1\.1: An Application Load Balancer answers 464/]],
    ['a firewall', { 'http/1.1': answered(403, { server: 'CloudFront' }), 'h2': answered(403, {}, { version: '2' }) }, {}, [/^edge-enforcement possible .*403 from CloudFront/]],
    ['targets that are down', { 'http/1.1': answered(503, { server: 'awselb/2.0' }), 'h2': answered(503, {}, { version: '2' }) }, {}, [/^server-negotiation possible .*503 from an Elastic Load Balancer/]],
    ['TLS 1.2 alone', { 'tls1.3-only': failed('protocol_version'), 'http/1.1': answered(200) }, { 'tls 1.2': { end: 'open' } }, [/^tls-mismatch certain tls1\.3-only: The endpoint speaks TLS 1\.2, and tls1\.3-only speaks only TLS 1\.3/]],
    ['a caller of old', { 'java-8': failed('protocol_version'), 'http/1.1': answered(200) }, { 'tls 1.3': { end: 'open' } }, [/^outdated-client certain java-8: The endpoint speaks TLS 1\.3/]],
    ['TLS 1.0 turned away, as it should be', { 'tls1.0': failed('protocol_version'), 'http/1.1': answered(200) }, { 'tls 1.2': { end: 'open' } }, []],
    ['an unknown server name', { 'http/1.1': failed('unrecognized_name') }, {}, [/^tls-mismatch certain .*no certificate for the name/]],
    ['a client certificate', { 'http/1.1': failed('certificate_required') }, {}, [/^tls-mismatch certain .*wants a client certificate/]],
    ['a proxy that speaks HTTP/1.0', { 'http/1.1': answered(200, { via: '1.0 squid' }) }, {}, [/^proxy-in-between certain .*speaks HTTP\/1\.0 \(Via: 1\.0 squid\)/]],
    ['a forward proxy', { 'http/1.1': answered(407) }, {}, [/^proxy-in-between certain .*forward proxy answers/]],
    ['h2 that falls back', { h2: answered(200) }, {}, [/^server-negotiation certain h2: A client that offers h2 is served in HTTP\/1\.1: ALPN selects http\/1\.1/]],
    ['a WebSocket that is redirected', { wss: answered(301, { location: 'https://lab.test/login' }) }, {}, [/^websocket-handshake certain wss: The handshake gets 301 to https:\/\/lab\.test\/login/]],
    ['a WebSocket behind Envoy', { wss: answered(403, { server: 'envoy' }) }, { 'ws plain': answered(200) }, [/^websocket-handshake possible wss: The handshake gets 403 from Envoy: an authorizer/]],
    ['a WebSocket and a bad gateway', { wss: answered(502) }, { 'ws plain': answered(200) }, [/^websocket-handshake possible wss: The handshake gets 502: the hop that answers got no valid 101/]],
    ['a WebSocket that is a page', { wss: answered(200) }, { 'ws plain': answered(200) }, [/^websocket-handshake possible wss: The handshake gets 200, just as a plain GET does/]],
    ['a browser whose origin is not welcome', { 'wss': { ...answered(101), webSocket: { accepted: true, frames: 'come' } }, 'wss-browser': answered(403) }, {}, [/^websocket-handshake possible wss-browser: With the Origin/]],
    ['a WebSocket without frames', { wss: { ...answered(101), webSocket: { accepted: true, frames: 'none' } } }, {}, [/^websocket-handshake possible wss: The WebSocket opens/]],
    ['a WebSocket client that gets h2', { 'wss-alpn-h2': { end: 'client-refuses', tls: { ...TLS, alpn: 'h2', certificate: PUBLIC } } }, {}, [/^websocket-handshake certain wss-alpn-h2: .*RFC 8441/]],
  ])('%s', (_, clients, looks, says) => {
    const all = Object.entries(clients).map(([id, evidence]) => seen(id as ClientId, evidence!));
    const looked = new Map(Object.entries(looks).map(([id, evidence]) => [id, { end: 'answered', says: '', milliseconds: 1, ...evidence } as Evidence]));
    const named = diagnose({ host: 'lab.test', scheme: 'https', clients: all, looks: looked });
    expect(named.map((one) => `${one.cause} ${one.certainty} ${one.clients.join()}: ${one.says}`)).toEqual(says.map((pattern) => expect.stringMatching(pattern)));
    for (const one of named) expect(one).toMatchObject({ says: expect.stringMatching(/\.$/), fix: expect.stringMatching(/\.$/) });
  });
});

describe('attempts', () => {
  test('every client has one, or a reason why not', () => {
    for (const url of ['https://lab.test/', 'http://lab.test/']) {
      for (const client of Object.values(CLIENTS)) expect(attemptOf(client, targetOf(url, { webSocket: '/ws', grpc: '/a.B/C' }))).toBeTruthy();
    }
  });

  test('who is tried: classes that fit, and callers by name that differ from them', () => {
    expect(clientsFor(targetOf('https://lab.test/'))).toEqual(['http/1.0', 'http/1.1', 'h2', 'h3', 'tls1.0', 'tls1.1', 'tls1.2-only', 'tls1.3-only', 'internet-explorer-11', 'python-aiohttp', 'java-8', 'wget']);
    expect(clientsFor(targetOf('http://lab.test/', { webSocket: '/ws' }))).toEqual(['http/1.0', 'http/1.1', 'ws']);
    expect(clientsFor(targetOf('wss://lab.test/ws'))).toEqual(['wss', 'wss-browser', 'wss-alpn-h2']);
    expect(clientsFor(targetOf('https://lab.test/', { grpc: '/a.B/C' }))).toContain('grpc');
  });

  test('each TLS version, each ALPN offer', () => {
    expect(tlsLooks(targetOf('https://lab.test/')).map(({ id }) => id)).toEqual(['tls 1.0', 'tls 1.1', 'tls 1.2', 'tls 1.3', 'alpn h2,http/1.1', 'alpn h2', 'alpn http/1.1', 'alpn none']);
  });
});

test('what others say is spelt out and cut', () => {
  expect(plain('\u001b[31m\u202e\u0085é')).toBe('\\u001b[31m\\u202e\\u0085é');
  expect(plain('a'.repeat(1000))).toHaveLength(201);
});

test('the probe stands on Node.js and the protocol layer alone, so that it can be bundled', () => {
  const folder = path.join(__dirname, '..', '..', 'src', 'probe');
  const imports = fs.readdirSync(folder).flatMap((name) => [...fs.readFileSync(path.join(folder, name), 'utf8').matchAll(/from '([^']+)'/g)].map(([, from]) => from));
  expect(imports.filter((from) => !from.startsWith('./') && from !== '../protocol' && !isBuiltin(from))).toEqual([]);
});
