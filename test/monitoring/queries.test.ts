// The queries for Athena give the answers of `cdk-handshake logs` on the same lines: same keys, same columns, same numbers.

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { Athena, Lines, Row } from './duckdb';
import { readLogs } from '../../src/logs';
import { albRecord } from '../../src/logs/alb';
import { albConnectionRecord } from '../../src/logs/alb-connection';
import { Answers } from '../../src/logs/answers';
import { STANDARD_COLUMNS } from '../../src/logs/cloudfront';
import { connectionQueries, Query, requestQueries } from '../../src/monitoring/queries/answers';
import { albConnections, albRequests, cloudFrontRequests } from '../../src/monitoring/queries/requests';
import { ALB_ACCESS_LOGS, ALB_CONNECTION_LOGS, CLOUDFRONT_LOGS } from '../../src/monitoring/tables';
import { albLines } from '../bench/generate-alb-logs';
import { ALB, alb, cloudFront, CLOUDFRONT_HEADER, CONNECTION } from '../logs/samples';

const SINCE = { days: 30 };
const ALB_QUERIES = [...requestQueries(albRequests(SINCE), albConnections(SINCE)), ...connectionQueries(albConnections(SINCE))];
const CLOUDFRONT_QUERIES = requestQueries(cloudFrontRequests({ days: 30, byDay: true }));
const TODAY = new Date().toISOString().slice(0, 10);

/** The example is of 2019. */
const viewed = (line: Parameters<typeof cloudFront>[0] = {}): string => cloudFront(line).replace('2019-12-04', TODAY);

async function command({ access = [], connection = [], cloudFront: standard = [] }: Lines): Promise<Answers> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'handshake-athena-'));
  const files = Object.entries({ access, connection, standard }).map(([name, lines]) => {
    fs.writeFileSync(path.join(folder, name), lines.map((line) => `${line}\n`).join(''));
    return { file: path.join(folder, name) };
  });
  const { answers, notUnderstood } = await readLogs(files);
  fs.rmSync(folder, { recursive: true });
  expect(notUnderstood).toBe(0);
  return answers;
}

/** What the command says, in the shape of the rows of a query with that name. */
function expected(answers: Answers, name: string): readonly object[] {
  switch (name) {
    case 'floors': return answers.floors.map(({ families: _, ...floor }) => floor);
    case 'floors.families': return answers.floors.flatMap(({ floor, families }) => families.map((family) => ({ floor, ...family })));
    case 'problems': return answers.problems;
    case 'outdated': return answers.outdated;
    case 'connectionsByTls': return answers.connectionsByTls;
    case 'connectionsByResult': return answers.connectionsByResult;
    default: return answers.by[name.replace('by.', '') as keyof Answers['by']].rows;
  }
}

/** In one order, since rows with the same number have none; undefined as absent. */
function sorted(rows: readonly object[]): string[] {
  const named = (row: object) => Object.entries(row).filter(([, value]) => value !== undefined).sort(([one], [two]) => (one < two ? -1 : 1));
  return rows.map((row) => JSON.stringify(named(row))).sort();
}

async function compare(lines: Lines, queries: readonly Query[]): Promise<void> {
  const [answers, athena] = [await command(lines), await Athena.of(lines)];
  const agents = fold(await athena.rows(queries.find(({ name }) => name === 'outdated.agents')!.sql));
  expect(agents).toEqual(fold(answers.outdated as unknown as Row[]));
  for (const { name, sql } of queries) {
    if (name === 'outdated.agents') continue;
    expect({ name, rows: sorted(await athena.rows(sql)) }).toEqual({ name, rows: sorted(expected(answers, name)) });
  }
  athena.close();
}

/** Requests by family and why. */
function fold(rows: readonly Row[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { family, why, requests } of rows) sums[`${family}: ${why}`] = (sums[`${family}: ${why}`] ?? 0) + Number(requests);
  return sums;
}

/** A connection log to go with an access log. */
function connectionsOf(access: readonly string[]): string[] {
  return access.map((line, index) => `2026-01-01T00:00:00.000000Z 203.0.113.1 ${1024 + index} 443 ${/ (TLSv1\S*) /.exec(line)?.[1] ?? '-'} - 0.004 "-" - - Success ${/TID_\w+/.exec(line)![0]}`)
    .filter((_, index) => index % 3 === 0);
}

test('a generated log of 20,000 requests, and its connections', async () => {
  const access = albLines(20_000).map((line) => line.trimEnd());
  await compare({ access, connection: [...connectionsOf(access), CONNECTION.refused, CONNECTION.failed] }, ALB_QUERIES);
}, 120_000);

/** User agents with an answer of their own. */
const AGENTS = [
  '-', 'curl/7.46.0', 'python-requests/2.32.3', 'Java/1.8.0_321', 'Java/1.7.0_80', 'Java/17.0.2', 'Java/1', 'Java', 'Java/x', 'Javascript/1', 'okhttp', 'Opera/9.80 (Windows)', '(no product)', "o'neill/1",
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0)', 'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.1; Trident/6.0)',
  'Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko', 'Mozilla/4.0 (compatible; MSIE 6.0)', 'Mozilla/4.0 (compatible; MSIE )', 'Mozilla/5.0 (Trident/; x)', 'Mozilla/5.0',
  'Mozilla/5.0 (X11) Gecko/20100101 Firefox/26.0', 'Mozilla/5.0 (X11) Gecko/20100101 Firefox/27.0', 'Mozilla/5.0 (Linux; U; Android 4.3; de) AppleWebKit/534.30 Version/4.0 Mobile Safari/534.30',
  'Mozilla/5.0 (Linux; U; Android 4.4.2; de) Version/4.0', 'Mozilla/5.0 (X) AppleWebKit/537.36 Chrome/29.0.1547 Safari/537.36', 'Mozilla/5.0 (X) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36 Edg/130.0',
  'Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile', 'Mozilla/5.0 (Macintosh) AppleWebKit/536 Version/6.10 Safari', 'Mozilla/5.0 (Macintosh) AppleWebKit/536 Version/7.05 Safari', `${'very'.repeat(20)}/1`, `Mozilla/5.0 ${'x'.repeat(600)} Chrome/20`,
];

const PATHS = [
  '/', '/ws', '/live', '/chat/socket.io/?EIO=4', '/orders/17', '/orders/17/18/19', '/17', '/a/0123456789abcdef/b', '/u/123E4567-e89b-12d3-a456-426614174000', '//x//17//', '/cable-car', '/a?b=/17', '/17x', `/${'long/'.repeat(150)}`,
];

const access = fc.record({
  type: fc.constantFrom('http', 'https', 'h2', 'grpcs', 'ws', 'wss'),
  status: fc.constantFrom('101', '200', '400', '403', '426', '464', '502', '503', '504'),
  target: fc.constantFrom('101', '200', '426', '502', '-'),
  agent: fc.constantFrom(...AGENTS),
  tls: fc.constantFrom('-', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'),
  reason: fc.constantFrom('-', 'LambdaInvalidResponse'),
  request: fc.tuple(fc.constantFrom('GET', 'POST'), fc.constantFrom(...PATHS), fc.constantFrom('HTTP/1.0', 'HTTP/1.1', 'HTTP/2.0', 'HTTP/0.9')).map(([verb, at, proto]) => `${verb} https://a.example.com:443${at} ${proto}`),
  connection: fc.constantFrom('TID_0a', 'TID_0b', '-'),
}).map(alb);

const connection = fc.tuple(fc.constantFrom('-', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'), fc.constantFrom('Success', '-', 'Failed:ClientCertUntrusted'), fc.constantFrom('TID_0a', 'TID_0b', 'TID_0c', '-'))
  .map(([tls, result, id]) => `2026-01-01T00:00:00.000000Z 203.0.113.1 1024 443 ${tls} - - "-" - - ${result} ${id}`);

const standard = fc.record({
  status: fc.constantFrom('000', '101', '200', '403', '426', '502', '504', '-'),
  agent: fc.constantFrom(...AGENTS).chain((agent) => fc.constantFrom(agent, encodeURIComponent(agent), encodeURIComponent(encodeURIComponent(agent)), `${agent}%zz`, `${agent}+%2B`)),
  protocol: fc.constantFrom('http', 'https', 'ws', 'wss'),
  version: fc.constantFrom('HTTP/1.0', 'HTTP/1.1', 'HTTP/2.0', 'HTTP/3.0'),
  tls: fc.constantFrom('-', 'SSLv3', 'TLSv1', 'TLSv1.2', 'TLSv1.3'),
  path: fc.constantFrom(...PATHS.map((at) => at.split('?')[0])),
  detail: fc.constantFrom('Hit', 'OriginConnectError', 'OriginDnsError', 'LimitExceeded', 'Error'),
}).map(viewed);

/** The first request of a connection counts in both, so each gets a time of its own. */
const inOrder = (lines: readonly string[]): string[] => lines.map((line, index) => line.replace(/T22:23:00\.\d+Z/, `T22:23:00.${String(index).padStart(6, '0')}Z`));

test('each user agent is of the same family, and out of date for the same reason', () =>
  compare({ access: AGENTS.map((agent) => alb({ agent })) }, ALB_QUERIES), 60_000);

test('any access and connection logs of an ALB', () =>
  fc.assert(fc.asyncProperty(fc.array(access, { maxLength: 60 }), fc.array(connection, { maxLength: 20 }), (lines, connections) =>
    compare({ access: inOrder(lines), connection: connections }, ALB_QUERIES)), { numRuns: Number(process.env.FC_RUNS ?? 15) }), 180_000);

test('any standard log of CloudFront', () =>
  fc.assert(fc.asyncProperty(fc.array(standard, { maxLength: 60 }), (lines) =>
    compare({ cloudFront: [...CLOUDFRONT_HEADER, ...lines] }, CLOUDFRONT_QUERIES)), { numRuns: Number(process.env.FC_RUNS ?? 15) }), 180_000);

test('the lines of the documentation, quotes of a client among them', () =>
  compare({ access: [ALB.http, ALB.https, ALB.h2, ALB.ws, ALB.lambda, alb({ agent: 'a \\"quoted\\" agent \\\\' }), alb({ status: '400', target: '-', request: '- http://www.example.com:80- - ' })], connection: Object.values(CONNECTION) }, ALB_QUERIES), 60_000);

test('no lines: no rows, and floors with zeros', async () => {
  const athena = await Athena.of({});
  for (const { name, sql } of ALB_QUERIES) expect({ name, rows: (await athena.rows(sql)).length }).toEqual({ name, rows: name === 'floors' ? 2 : 0 });
});

test('only the days that are asked for are read, and lines of the other log in the same folder do not count', async () => {
  const status = ALB_QUERIES.find(({ name }) => name === 'by.status')!.sql;
  const result = ALB_QUERIES.find(({ name }) => name === 'connectionsByResult')!.sql;
  const old = await Athena.of({ access: [alb()] }, '2020/01/01');
  expect(await old.rows(status)).toEqual([]);
  const mixed = [alb(), CONNECTION.success, alb({ status: '464' }), 'Enable AccessLog for ELB: x'];
  const both = await Athena.of({ access: mixed, connection: mixed });
  expect((await both.rows(status)).map(({ key, requests }) => [key, requests])).toEqual([['200', 1], ['464', 1]]);
  expect(await both.rows(result)).toEqual([{ key: 'Success', connections: 1, share: 1 }]);
});

test('lines of the days before the later fields are not read, which the command does', async () => {
  const athena = await Athena.of({ access: [ALB.old] });
  expect(await athena.rows(ALB_QUERIES[0].sql)).toEqual([]);
});

test('columns have the names that the command has for them, which are those of AWS', () => {
  expect(CLOUDFRONT_LOGS.columns.map(({ name }) => name)).toEqual(STANDARD_COLUMNS);
  expect(ALB_CONNECTION_LOGS.columns.map(({ name }) => name)).toEqual(Object.keys(albConnectionRecord(CONNECTION.success)!).filter((name) => name !== 'tls_keyexchange'));
  const split = { client: ['client_ip', 'client_port'], target: ['target_ip', 'target_port'] };
  const names = Object.keys(albRecord(ALB.http)!).flatMap((name) => (name in split ? split[name as keyof typeof split] : [name]));
  expect(ALB_ACCESS_LOGS.columns.map(({ name }) => name)).toEqual(names);
});
