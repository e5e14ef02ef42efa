// User agents as programs and browsers send them, and the family that they are counted as. Those of programs are what the lab's clients send.

import * as fc from 'fast-check';
import { agentOf, Agents } from '../../src/logs/agent';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each<[string, string]>([
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36`, 'Chrome'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0`, 'Edge'],
  [`Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/51.0.2704.79 Safari/537.36 Edge/14.14393`, 'Edge'],
  [`Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} HeadlessChrome/120.0.0.0 Safari/537.36`, 'Chrome (headless)'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/130.0 Mobile/15E148 Safari/604.1', 'Chrome'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1', 'Safari'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148', 'WebKit in an app'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0', 'Firefox'],
  ['Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko', 'Internet Explorer 11'],
  ['Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.1; Trident/5.0)', 'Internet Explorer 9'],
  ['Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)', 'Internet Explorer 6'],
  ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Googlebot'],
  ['Mozilla/5.0 (Linux; U; Android 4.0.3; de-de) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30', 'Android Browser'],
  ['python-requests/2.28.1', 'python-requests'],
  ['curl/7.88.1', 'curl'],
  ['okhttp/4.12.0', 'okhttp'],
  ['Java/1.8.0_321', 'Java 8'],
  ['Java/17.0.9', 'Java 17'],
  ['Java-http-client/21.0.1', 'Java-http-client'],
  ['Go-http-client/2.0', 'Go-http-client'],
  ['ApacheBench/2.3', 'ApacheBench'],
  ['ELB-HealthChecker/2.0', 'ELB-HealthChecker'],
  ['Apache-HttpClient/4.5.14 (Java/1.8.0_392)', 'Apache-HttpClient'],
  ['axios/1.7.2', 'axios'],
  ['node', 'node'],
  ['grpc-java-netty/1.60.0', 'grpc-java-netty'],
  ['', '(none)'],
  ['"}', '(no product name)'],
  ['__proto__', '__proto__'],
])('%s', (text, family) => {
  expect(agentOf(text).family).toBe(family);
});

test.each<[string, RegExp | undefined]>([
  ['Java/1.7.0_80', /no TLS 1\.2/],
  ['Java/1.8.0_321', undefined],
  ['Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)', /no TLS 1\.2/],
  ['Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko', /ends at TLS 1\.2 and HTTP\/1\.1/],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:26.0) Gecko/20100101 Firefox/26.0', /no TLS 1\.2/],
  ['curl/7.1', undefined],
])('%s is out of date: %s', (text, why) => {
  expect(agentOf(text).outdated ?? '').toMatch(why ?? /^$/);
});

test('whatever is sent has a short family, and the memory of them is bounded', () => {
  const agents = new Agents();
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string().map((text) => `Mozilla/5.0 ${text}`)), (text) => {
    expect(agents.of(text).family.length).toBeLessThanOrEqual(60);
    expect(agents.of(text)).toBe(agents.of(text));
  }));
  expect(agents.of(`curl/${'9'.repeat(1e6)}`).family).toBe('curl');
});
