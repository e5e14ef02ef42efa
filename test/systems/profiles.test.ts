// Callers by name (protocol/profiles.ts) and client programs (systems/clients/programs.ts) say the same wherever both describe one
// program: HTTP versions, ALPN, TLS versions. A caller stands for a program of today, so the newest age of the program counts.

import { Profile, ProfileId, PROFILES } from '../../src/protocol/profiles';
import { Calls } from '../../src/systems/clients';
import { CLIENT_PROGRAMS, callsOf } from '../../src/systems/clients/programs';

/** Callers that are client programs too. */
const SAME: Partial<Record<ProfileId, string>> = {
  'python-requests': 'python-requests',
  'python-httpx': 'python-httpx http2=False',
  'python-aiohttp': 'python-aiohttp',
  'java-httpurlconnection': 'java HttpURLConnection',
  'java-httpclient': 'java HttpClient default',
  'okhttp': 'okhttp default',
  'go-http': 'go http.DefaultTransport',
  'node-http': 'node http/https module',
  'node-fetch': 'node fetch',
  'curl': 'curl',
  'wget': 'wget',
  'apachebench': 'apachebench',
};

/** Callers that no program here stands for, with the reason. */
const ALONE: Partial<Record<ProfileId, string>> = {
  'evergreen-browser': 'browsers are no programs of the lab',
  'internet-explorer-11': 'it runs on Windows',
  'java-8': 'a Java that is older than those of the lab',
  'dotnet-httpclient': 'not looked at in the lab',
  'uptime-monitor': 'a kind of program, not one',
  'grpc-go': 'gRPC is not called over the table of programs',
  'grpc-java': 'gRPC is not called over the table of programs',
  'grpc-node': 'gRPC is not called over the table of programs',
};

test('every caller is compared, or it is said why not', () => {
  expect([...Object.keys(SAME), ...Object.keys(ALONE)].sort()).toEqual(Object.keys(PROFILES).sort());
});

test.each(Object.entries(SAME) as [ProfileId, string][])('%s is "%s"', (id, name) => {
  const { versions, alpn, tls }: Pick<Profile, 'versions' | 'alpn' | 'tls'> = PROFILES[id];
  expect(Object.keys(CLIENT_PROGRAMS)).toContain(name);
  const calls = callsOf(name)!;
  expect({ versions, alpn, tls }).toEqual({ versions: versionsOf(calls), alpn: calls.alpn, tls: calls.tls });
});

function versionsOf({ http }: Calls): Profile['versions'] {
  return http === 'by-alpn' ? ['2', '1.1'] : [http];
}
