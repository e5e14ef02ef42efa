// Callers by name, walked like any client: what becomes of them follows from their row, so that each row here stands for a
// property of the table (src/protocol/profiles.ts names its sources).

import { CLIENTS, ClientId, PROFILES } from '../../src/protocol';
import { analyse } from '../../src/rules';
import { albTemplate } from '../templates';

const outcome = (id: ClientId, template: Parameters<typeof analyse>[0][number]) =>
  analyse([template], { serve: [id] }).findings.filter(({ clients }) => clients.includes(id)).map(({ outcome: seen }) => seen);

const HTTP2_GROUP = albTemplate({ group: { ProtocolVersion: 'HTTP2' } });
const TLS13_ONLY = albTemplate({ listener: { SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' } });
const TLS12_ONLY = albTemplate({ listener: { SslPolicy: 'ELBSecurityPolicy-TLS-1-2-2017-01' } });
const HTTP1_GROUP = albTemplate({ listener: { SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' } });

test.each<[ClientId, string, typeof HTTP2_GROUP, string[]]>([
  ['python-requests', 'a target group that takes HTTP/2 only', HTTP2_GROUP, ['464']],
  ['node-fetch', 'a target group that takes HTTP/2 only', HTTP2_GROUP, ['464']],
  ['apachebench', 'a target group that takes HTTP/2 only', HTTP2_GROUP, ['464']],
  ['java-httpclient', 'a target group that takes HTTP/2 only', HTTP2_GROUP, []],
  ['evergreen-browser', 'a target group that takes HTTP/2 only', HTTP2_GROUP, []],
  ['java-8', 'a listener that speaks TLS 1.3 only', TLS13_ONLY, ['tls-handshake-failure']],
  ['internet-explorer-11', 'a listener that speaks TLS 1.3 only', TLS13_ONLY, ['tls-handshake-failure']],
  ['curl', 'a listener that speaks TLS 1.3 only', TLS13_ONLY, []],
  ['internet-explorer-11', 'a listener that speaks TLS 1.2 only', TLS12_ONLY, []],
  ['apachebench', 'an ordinary target group', HTTP1_GROUP, []],
])('%s at %s: %s', (id, _what, template, expected) => {
  expect(outcome(id, template)).toEqual(expected);
});

test('every profile says what it rests on, and offers by ALPN only what it speaks', () => {
  for (const [id, { source, says, versions, alpn }] of Object.entries(PROFILES)) {
    expect([id, /^(lab|documented|reported|inferred)\b/.test(source), says.length > 3]).toEqual([id, true, true]);
    const speaks = (versions as readonly string[]).map((version) => (version === '2' || version === '3' ? `h${version}` : `http/${version}`));
    expect((alpn as readonly string[]).filter((protocol) => !speaks.includes(protocol))).toEqual([]);
    expect(CLIENTS[id as ClientId].id).toBe(id);
  }
});
