// The questions of `cdk-handshake logs`, as SQL over the table `requests` (and `connections`). Names of queries and of columns are those of
// its JSON: `by.family` has the rows of by.family.rows, `floors.families` those of families in floors.
// Not here: what a request is (requests.ts). Nothing is bounded or summed up as others; the command keeps the most frequent keys only.
// Facts: those of logs/answers.ts, logs/problems.ts and logs/floors.ts.

import { NO_CONNECTIONS, Tables } from './requests';
import { among, countIf, share, text, withTables } from './sql';
import { CLEARTEXT } from '../../logs/answers';
import { NO_REQUEST, TLS_FLOORS } from '../../logs/floors';
import { LONGEST_PROBLEM_PATH, WEBSOCKET_NAME } from '../../logs/problems';
import { TLS_VERSIONS } from '../../protocol';

/** A query with a name, and what it answers. */
export interface Query {
  readonly name: string;
  readonly answers: string;
  readonly sql: string;
}

const OLD_HTTP = among('protocol', ['HTTP/1.0', 'HTTP/0.9']);
const OLD_TLS = among('tls', ['SSLv3', '1.0', '1.1']);

/** As the command names a version. */
function tlsName(column: string): string {
  return `CASE WHEN ${column} IS NULL THEN ${text(CLEARTEXT)} WHEN ${column} = 'SSLv3' THEN 'SSLv3' ELSE 'TLS ' || ${column} END`;
}

/** By what requests are counted. */
const KEYS = { family: 'family', path: 'path', status: 'status', tls: tlsName('tls'), protocol: 'protocol' } as const;

/** All questions about requests; connections say more about the floors, where there is a log of them. */
export function requestQueries(requests: Tables, connections: Tables = NO_CONNECTIONS): Query[] {
  return [
    ...Object.entries(KEYS).map(([name, key]) => ({
      name: `by.${name}`,
      answers: `Requests by ${name === 'family' ? 'family of user agents' : name}: how many, and how many of them failed or are out of date`,
      sql: withTables(requests, counted(key)),
    })),
    { name: 'problems', answers: '426, 464, 502 to 504, and WebSocket handshakes that did not end in 101: by path, client and protocol', sql: problems(requests) },
    { name: 'outdated', answers: 'Outdated clients by family, and why', sql: withTables([...requests, outdatedTable()], OUTDATED) },
    { name: 'outdated.agents', answers: 'Outdated clients by user agent, protocol and TLS version', sql: withTables([...requests, outdatedTable()], OUTDATED_AGENTS) },
    { name: 'floors', answers: 'How many are cut off by a lowest TLS version of 1.2 or 1.3', sql: withTables([...requests, ...connections, ...floorSums()], FLOORS) },
    { name: 'floors.families', answers: 'Who is cut off by a lowest TLS version of 1.2 or 1.3', sql: withTables([...requests, ...connections, ...floorRows()], FLOOR_FAMILIES) },
  ];
}

/** The questions that a log of connections answers by itself. */
export function connectionQueries(connections: Tables): Query[] {
  return [
    { name: 'connectionsByTls', answers: 'Connections by TLS version', sql: withTables(connections, countedConnections(tlsName('tls'))) },
    { name: 'connectionsByResult', answers: 'Connections by result: failed TLS handshakes are in no other log', sql: withTables(connections, countedConnections('result')) },
  ];
}

function counted(key: string): string {
  return `SELECT
  key,
  count(*) AS "requests",
  ${share('count(*)', 'sum(count(*)) OVER ()')} AS "share",
  ${countIf("status = '426'")} AS "status426",
  ${countIf("status = '464'")} AS "status464",
  ${countIf(among('status', ['502', '503', '504']))} AS "gatewayErrors",
  ${countIf('opened = false')} AS "failedHandshakes",
  ${countIf(OLD_HTTP)} AS "oldHttp",
  ${countIf(OLD_TLS)} AS "oldTls"
FROM (SELECT *, ${key} AS key FROM requests) AS keyed
GROUP BY key
ORDER BY "requests" DESC, key`;
}

/** A path counts as one of WebSockets if there was a WebSocket on it, or if its name says so. */
function problems(requests: Tables): string {
  const tables: Tables = [
    ...requests,
    ['shortened', `  SELECT *, substr(path, 1, ${LONGEST_PROBLEM_PATH}) AS place FROM requests`],
    ['sockets', "  SELECT DISTINCT place AS socket FROM shortened WHERE protocol = 'ws'"],
    ['marked', `  SELECT *, (protocol = 'ws' OR socket IS NOT NULL OR regexp_like(place, ${text(`(?i)${WEBSOCKET_NAME.source}`)})) AS web_socket_path
  FROM shortened LEFT JOIN sockets ON socket = place`],
    ['failed', `  SELECT *, CASE WHEN ${among('status', ['426', '464', '502', '503', '504'])} THEN status WHEN opened = false THEN 'handshake'
    WHEN ${among('status', ['400', '403'])} AND web_socket_path THEN 'refused' END AS kind
  FROM marked`],
  ];
  return withTables(tables, `SELECT kind AS "kind", count(*) AS "requests", status AS "status", answered_by AS "answeredBy", format AS "format", substr(verb, 1, 20) AS "verb", place AS "path",
  family AS "family", protocol AS "protocol", web_socket_path AS "webSocketPath", substr(reason, 1, 60) AS "reason"
FROM failed
WHERE kind IS NOT NULL
GROUP BY kind, status, answered_by, format, substr(verb, 1, 20), place, family, protocol, web_socket_path, substr(reason, 1, 60)
ORDER BY "requests" DESC, "kind", "path"`);
}

/** By what a client did; TLS comes first, because it is what a policy shuts out. */
function outdatedTable(): readonly [string, string] {
  return ['judged', `  SELECT *, CASE WHEN ${OLD_TLS} THEN 'uses ' || ${tlsName('tls')} WHEN ${OLD_HTTP} THEN 'speaks ' || protocol ELSE agent_outdated END AS why
  FROM requests`];
}

const OUTDATED = `SELECT family AS "family", why AS "why", count(*) AS "requests", ${share('count(*)', '(SELECT count(*) FROM requests)')} AS "share"
FROM judged
WHERE why IS NOT NULL
GROUP BY family, why
ORDER BY "requests" DESC, "family", "why"`;

const OUTDATED_AGENTS = `SELECT family AS "family", why AS "why", agent AS "userAgent", protocol AS "protocol", ${tlsName('tls')} AS "tls", count(*) AS "requests"
FROM judged
WHERE why IS NOT NULL
GROUP BY family, why, agent, protocol, tls
ORDER BY "requests" DESC, "userAgent"`;

const FLOOR_LIST: readonly [string, string] = [
  'floor_list (floor, lowest)', `  VALUES ${TLS_FLOORS.map((floor) => `(${text(floor)}, ${TLS_VERSIONS.indexOf(floor)})`).join(', ')}`,
];

function floorSums(): Tables {
  const sums = (of: string): string => `  SELECT floor, COALESCE(sum(CASE WHEN tls_rank < lowest THEN lines END), 0) AS older, COALESCE(sum(lines), 0) AS total,
    COALESCE(bool_or(tls_rank >= lowest), false) AS newer
  FROM floor_list LEFT JOIN (SELECT tls_rank, count(*) AS lines FROM ${of} WHERE tls_rank IS NOT NULL GROUP BY tls_rank) AS ranks ON true
  GROUP BY floor`;
  return [FLOOR_LIST, ['request_sums', sums('requests')], ['connection_sums', sums('connections')]];
}

const FLOORS = `SELECT r.floor AS "floor", r.older AS "requests", r.total AS "ofRequests", ${share('r.older', 'r.total')} AS "requestShare",
  c.older AS "connections", c.total AS "ofConnections", ${share('c.older', 'c.total')} AS "connectionShare", (r.newer OR c.newer) AS "offered"
FROM request_sums AS r JOIN connection_sums AS c ON c.floor = r.floor
ORDER BY "floor"`;

/** A connection counts for the first family that sent a request over it. */
function floorRows(): Tables {
  return [
    FLOOR_LIST,
    ['older_requests', '  SELECT floor, family, connection, time FROM floor_list JOIN requests ON tls_rank < lowest'],
    ['senders', '  SELECT floor, connection, min_by(family, time) AS family FROM older_requests WHERE connection IS NOT NULL GROUP BY floor, connection'],
    ['older', `  SELECT floor, family, 1 AS request, 0 AS connection FROM older_requests
  UNION ALL
  SELECT f.floor, COALESCE(s.family, ${text(NO_REQUEST)}), 0, 1
  FROM floor_list AS f JOIN connections AS c ON c.tls_rank < f.lowest LEFT JOIN senders AS s ON s.floor = f.floor AND s.connection = c.connection`],
  ];
}

const FLOOR_FAMILIES = `SELECT floor AS "floor", family AS "family", sum(request) AS "requests", sum(connection) AS "connections"
FROM older
GROUP BY floor, family
ORDER BY "floor", sum(request) + sum(connection) DESC, "family"`;

function countedConnections(key: string): string {
  return `SELECT key, count(*) AS "connections", ${share('count(*)', 'sum(count(*)) OVER ()')} AS "share"
FROM (SELECT *, ${key} AS key FROM connections) AS keyed
GROUP BY key
ORDER BY "connections" DESC, key`;
}
