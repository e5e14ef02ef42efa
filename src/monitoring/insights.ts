// Queries for CloudWatch Logs Insights over access logs of APIs, with the names that `cdk-handshake logs` and the queries for Athena have.
// Insights groups by user agent as it is written, since it has no place for the table of families.
// Comparisons are regular expressions, because every field of these logs is a text.
// Not here: the fields (constructs/api-access-log.ts; a test holds the queries to them).
// Facts: CloudWatch Logs guide "CloudWatch Logs Insights language query syntax" (filter, like, stats, sort, limit).

import { ApiProduct } from './edge';

/** A saved query. */
export interface InsightsQuery {
  readonly name: string;
  readonly title: string;
  readonly lines: readonly string[];
}

const MOST = 'limit 500';
const BY_NUMBER = 'sort requests desc';
const FAILED = '/^(426|464|502|503|504)$/';

function counted(name: string, title: string, keys: readonly string[], filter?: string): InsightsQuery {
  const first = filter === undefined ? [] : [`filter ${filter}`];
  return { name, title, lines: [...first, `stats count(*) as requests by ${keys.join(', ')}`, BY_NUMBER, MOST] };
}

const ALL: readonly InsightsQuery[] = [
  counted('by.status', 'Requests by status', ['status', 'integrationStatus']),
  counted('by.userAgent', 'Requests by user agent', ['userAgent']),
];

const REQUESTS: readonly InsightsQuery[] = [
  counted('problems', '426, 464, 502, 503, 504 by path and client', ['status', 'integrationStatus', 'httpMethod', 'path', 'userAgent', 'protocol', 'integrationError'],
    `status like ${FAILED} or integrationStatus like ${FAILED}`),
  counted('by.protocol', 'Requests by protocol (HTTP/1.1 stands for HTTP/2 too)', ['protocol']),
];

const OLD_HTTP = 'protocol like /^HTTP\\/(0\\.9|1\\.0)$/';

const QUERIES: Readonly<Record<ApiProduct, readonly InsightsQuery[]>> = {
  rest: [
    ...REQUESTS,
    counted('outdated', 'Outdated clients by user agent, protocol and TLS version', ['userAgent', 'protocol', 'tlsVersion'], `tlsVersion like /^(SSLv3|TLSv1|TLSv1\\.[01])$/ or ${OLD_HTTP}`),
    counted('floors', 'Who is cut off by a lowest version of TLS 1.2 or 1.3', ['tlsVersion', 'userAgent'], 'tlsVersion like /^(SSLv3|TLSv1|TLSv1\\.[0-2])$/'),
    counted('by.tls', 'Requests by TLS version', ['tlsVersion']),
    ...ALL,
  ],
  http: [
    ...REQUESTS,
    counted('outdated', 'Outdated clients by user agent and protocol', ['userAgent', 'protocol'], OLD_HTTP),
    ...ALL,
  ],
  websocket: [
    counted('problems', 'Handshakes that did not end in 101', ['status', 'integrationStatus', 'errorType', 'integrationError', 'userAgent'],
      'eventType = "CONNECT" and status not like /^(101|2[0-9][0-9])$/'),
    counted('by.routeKey', 'Events by route and status', ['routeKey', 'eventType', 'status']),
    ...ALL,
  ],
};

export function insightsQueries(product: ApiProduct): readonly InsightsQuery[] {
  return QUERIES[product];
}
