// What an NLB TLS listener selects by ALPN, row by row as in the NLB guide, "Listeners", ALPN policies.

import { CLIENTS } from '../../src/protocol';
import { AlpnPolicy, negotiate } from '../../src/systems/nlb/alpn';

test.each<[AlpnPolicy, ReturnType<typeof negotiate>, ReturnType<typeof negotiate>, ReturnType<typeof negotiate>]>([
  // policy, offers only h2, offers both, offers only http/1.1
  ['None', undefined, undefined, undefined],
  ['HTTP1Only', undefined, 'http/1.1', 'http/1.1'],
  ['HTTP2Only', 'h2', 'h2', undefined],
  ['HTTP2Optional', 'h2', 'http/1.1', 'http/1.1'],
  ['HTTP2Preferred', 'h2', 'h2', 'http/1.1'],
])('%s', (policy, onlyHttp2, both, onlyHttp1) => {
  expect(negotiate(policy, CLIENTS.grpc.alpn)).toBe(onlyHttp2);
  expect(negotiate(policy, CLIENTS.h2.alpn)).toBe(both);
  expect(negotiate(policy, CLIENTS['http/1.1'].alpn)).toBe(onlyHttp1);
  expect(negotiate(policy, CLIENTS['http/1.0'].alpn)).toBeUndefined();
});
