// Which names a new rule may have. What the scaffold writes is tried by using it: its placeholder rows fail.

import { kebab, refusal } from '../../scripts/new-rule';
import { RULES } from '../../src/rules';

test('the names of all rules would be accepted', () => {
  expect(RULES.flatMap(({ id }) => refusal(id, []) ?? [])).toEqual([]);
});

test.each([
  [undefined, /^Name the rule/],
  ['', /^Name the rule/],
  ['426', /is a number/],
  ['R001', /is a number/],
  ['HS-12', /is a number/],
  ['TLSFloor', /acronym in capitals/],
  ['Redirect', /not two or more words/],
  ['tls-floor', /not two or more words/],
  ['tlsFloorAbove', /not two or more words/],
  ['Tls Floor', /not two or more words/],
  ['../TlsFloor', /not two or more words/],
  ['TlsFloorAboveClient', /^There is a rule TlsFloorAboveClient already/],
  ['TlsFloorAboveclient', /^There is a rule TlsFloorAboveClient already/],
])('%p is refused', (id, why) => {
  const says = refusal(id, ['TlsFloorAboveClient']);
  expect(says).toMatch(why);
  expect(says).not.toContain('\n');
});

test.each([
  ['TlsFloorAboveClient', 'tls-floor-above-client'],
  ['Http1ServerAtHttp2TargetGroup', 'http1-server-at-http2-target-group'],
  ['FixedResponse426', 'fixed-response426'],
])('%s stands in %s.ts', (id, name) => {
  expect(kebab(id)).toBe(name);
});
