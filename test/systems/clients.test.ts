// What a client program sees, by its version: the rows in which a release changed something, and those that surprise.
// Sources are in the table (src/systems/clients/programs.ts).

import { call, Destination } from '../../src/systems/clients';
import { CLIENT_PROGRAMS, callsOf } from '../../src/systems/clients/programs';
import { node, NodeSettings } from '../../src/systems/node';
import { nameSeen, Program } from '../../src/systems/program/knock';
import { tomcat } from '../../src/systems/tomcat';

const HTTP: Destination = { scheme: 'http', host: 'dotted name', path: '/' };
const HTTPS: Destination = { ...HTTP, scheme: 'https' };
const of = (settings: NodeSettings): Program => (knock) => node({ version: '20', ...settings }, knock);
const refusesHttp10: Program = ({ version }) => ({ kind: 'status', status: version === '1.0' ? 426 : 200 });

test.each<[string, Record<string, string>, Destination, Program, string]>([
  ['python-requests', { python: '3.11' }, { ...HTTPS, proxy: refusesHttp10 }, of({ tls: {} }), '426'],
  ['python-requests', { python: '3.12' }, { ...HTTPS, proxy: refusesHttp10 }, of({ tls: {} }), '200 [TLS 1.3, http/1.1]'],
  ['python-httpx http2=False', { python: '3.11' }, { ...HTTPS, proxy: refusesHttp10 }, of({ tls: {} }), '200 [TLS 1.3, http/1.1]'],
  ['curl --http1.0', { curl: '7.87.0' }, HTTPS, of({ tls: {} }), '200 [TLS 1.3, http/1.1]'],
  ['curl --http1.0', { curl: '7.88.1' }, HTTPS, of({ tls: {} }), 'tls-failure (no_application_protocol)'],
  ['curl --http1.0', { curl: '8.5.0' }, HTTPS, of({ tls: {} }), '200 [TLS 1.3, http/1.1]'],
  ['curl --http2-prior-knowledge', { curl: '8.9.1' }, HTTPS, of({ tls: {} }), '200 [TLS 1.3, http/1.1]'],
  ['curl --http2-prior-knowledge', { curl: '8.10.0' }, HTTPS, of({ tls: {} }), 'tls-failure (no_application_protocol)'],
  ['go http.DefaultTransport', { go: '1.17' }, HTTPS, of({ tls: { min: '1.0', max: '1.0' } }), '200 [TLS 1.0, http/1.1]'],
  ['go http.DefaultTransport', { go: '1.19' }, HTTPS, of({ tls: { min: '1.0', max: '1.0' } }), 'tls-failure (protocol_version)'],
  ['java HttpClient default', { java: '17' }, HTTP, of({ webSocket: { is: 'upgrade-listener', path: '/ws' } }), 'connection-closed'],
  ['java HttpClient default', { java: '17' }, HTTP, (knock) => tomcat({ http2: true }, knock), '200'],
  ['java HttpURLConnection', { java: '17' }, { ...HTTPS, host: 'name of one label' }, of({ tls: { needsServerName: true } }), 'tls-failure (no server name)'],
  ['java HttpURLConnection', { java: '17' }, HTTPS, of({ tls: { needsServerName: true } }), '200 [TLS 1.3]'],
  ['perl LWP', {}, HTTP, of({ http2: {} }), '200'],
  ['apachebench', {}, HTTP, (knock) => refusesHttp10(knock), '426'],
])('%s %j', (name, versions, to, server, seen) => {
  expect(nameSeen(call(callsOf(name, versions)!, to, server))).toBe(seen);
});

test('every row names its source, and its ages ascend', () => {
  for (const { ages, source } of Object.values(CLIENT_PROGRAMS)) {
    expect(source).toMatch(/^(test\/)?lab: /);
    expect(ages[0].since).toBeUndefined();
    expect(ages.slice(1).every(({ since }) => since !== undefined)).toBe(true);
  }
});

test('a program that is not in the table has no calls', () => {
  expect(callsOf('toString')).toBeUndefined();
});
