// The command: what it answers, what it reads, how it ends; and that what others wrote into the logs reaches no terminal.

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as zlib from 'node:zlib';
import * as fc from 'fast-check';
import { ALB, alb, apiGateway, cloudFront, CLOUDFRONT_HEADER, cloudFrontJson, CONNECTION, webSocketApi } from './samples';
import { main } from '../../src/cli/main';
import { Problem, readLogs } from '../../src/logs';
import { LONGEST_LINE } from '../../src/logs/lines';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'handshake-logs-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

let number = 0;

/** A file with lines, in a folder of its own if the name has none. */
function file(lines: readonly string[] | string | Buffer, name = `${number++}/access.log`): string {
  const place = path.join(folder, name);
  fs.mkdirSync(path.dirname(place), { recursive: true });
  fs.writeFileSync(place, Array.isArray(lines) ? `${lines.join('\n')}\n` : (lines as string | Buffer));
  return place;
}

async function run(...args: string[]) {
  const [out, err]: string[][] = [[], []];
  const stream = (lines: string[]) => ({ isTTY: false, write: (text: string) => lines.push(text) > 0 }) as unknown as NodeJS.WriteStream;
  const status = await main(['logs', ...args], stream(out), stream(err));
  return { status, stdout: out.join(''), stderr: err.join('') };
}

async function json(...args: string[]) {
  const { stdout } = await run(...args, '--format', 'json');
  return JSON.parse(stdout);
}

const keys = (counted: { rows: { key: string; requests: number }[] }) => Object.fromEntries(counted.rows.map(({ key, requests }) => [key, requests]));

describe('what is read', () => {
  const mixed = path.join(folder, 'mixed');
  file([ALB.http, ALB.https, ALB.h2, ALB.ws, '', 'what is this'], 'mixed/2026/01/alb.log');
  file(zlib.gzipSync(`${Object.values(CONNECTION).join('\n')}\n`), 'mixed/2026/01/connections.log');
  file([...CLOUDFRONT_HEADER, cloudFront(), cloudFront({ status: '426' })], 'mixed/cf.txt');
  file(Buffer.concat([zlib.gzipSync(`${cloudFrontJson()}\r\n`), zlib.gzipSync(apiGateway())]), 'mixed/two-members.gz');
  file(['Enable AccessLog for ELB: x at 2026'], 'mixed/ELBAccessLogTestFile');

  test('a folder of all formats, gzipped or not whatever the name', async () => {
    const { summary } = await json(mixed);
    expect(summary).toMatchObject({ files: 5, lines: 17, requests: 8, connections: 4, headers: 3, blank: 1, notUnderstood: 1, unreadable: [], formats: { 'alb': 4, 'alb-connection': 4, 'cloudfront': 3, 'api-gateway': 1 }, notUnderstoodIn: [{ file: path.join(mixed, '2026/01/alb.log'), lines: 1, firstLine: 6 }] });
  });

  test('a last line without an end', async () => {
    expect((await json(file(ALB.http), mixed)).summary).toMatchObject({ files: 6, requests: 9 });
  });

  test('counts add up, whatever the lines', async () => {
    const line = fc.oneof(fc.constantFrom(...Object.values(ALB), ...Object.values(CONNECTION), ...CLOUDFRONT_HEADER, cloudFront(), cloudFrontJson(), apiGateway(), ''), fc.string({ unit: 'binary' }));
    await fc.assert(fc.asyncProperty(fc.array(line), fc.boolean(), async (lines, packed) => {
      const text = lines.join('\n');
      const place = file(packed ? zlib.gzipSync(text) : text, 'any.log');
      const { answers, ...report } = await readLogs([{ file: place }]);
      if (!packed && report.unreadable.length > 0) return; // begins like gzip or like another kind
      expect(report.unreadable).toEqual([]);
      expect(report.lines).toBe(text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0));
      expect(answers.requests + answers.connections + report.headers + report.blank + report.notUnderstood).toBe(report.lines);
      for (const { rows, others } of Object.values(answers.by)) {
        expect(rows.reduce((sum, { requests }) => sum + requests, others?.requests ?? 0)).toBe(answers.requests);
      }
    }), { numRuns: 100 });
  }, 60_000);
});

describe('what is answered', () => {
  test('clients, protocols, TLS versions and statuses', async () => {
    const { by } = await json(file([ALB.http, ALB.h2, ALB.old, ALB.ws, cloudFront({ version: 'HTTP/3.0', tls: 'TLSv1.3' }), apiGateway()]));
    expect(keys(by.family)).toEqual({ 'curl': 2, 'ApacheBench': 1, '(none)': 1, 'Chrome': 1, 'python-requests': 1 });
    expect(keys(by.protocol)).toEqual({ 'HTTP/1.1': 1, 'h2': 1, 'HTTP/1.0': 1, 'ws': 1, 'h3': 1, 'HTTP/1.1 or h2': 1 });
    expect(keys(by.tls)).toEqual({ 'none, or not logged': 3, 'TLS 1.2': 2, 'TLS 1.3': 1 });
    expect(keys(by.status)).toEqual({ 200: 5, 101: 1 });
  });

  test('426, 464, 502 and what else does not get through, with who answered', async () => {
    const { problems } = await json(file([
      alb({ status: '426', request: 'GET https://a:443/chat HTTP/1.1' }),
      alb({ status: '464', target: '-', request: 'GET https://a:443/orders/1 HTTP/1.1' }),
      alb({ status: '464', target: '-', request: 'GET https://a:443/orders/2 HTTP/1.1' }),
      ALB.lambda,
      cloudFront({ status: '504', detail: 'OriginCommError' }),
      apiGateway({ status: '500', integrationStatus: '426' }),
    ]));
    expect(problems).toHaveLength(5);
    expect(problems).toEqual(expect.arrayContaining([
      expect.objectContaining({ kind: '426', requests: 1, path: '/chat', answeredBy: 'target', family: 'curl' }),
      expect.objectContaining({ kind: '464', requests: 2, path: '/orders/{id}', answeredBy: 'edge' }),
      expect.objectContaining({ kind: '502', reason: 'LambdaInvalidResponse' }),
      expect.objectContaining({ kind: '504', reason: 'OriginCommError', answeredBy: 'unknown' }),
      expect.objectContaining({ kind: '426', status: '500', reason: 'the 426 of the server did not reach the client' }),
    ]));
  });

  test('handshakes without 101, and refusals at paths of WebSockets, in whatever order they come', async () => {
    const get = (at: string, status: string) => alb({ status, request: `GET https://a:443${at} HTTP/1.1` });
    const { problems } = await json(file([
      get('/live', '403'), get('/live', '426'), get('/page', '426'), get('/page', '403'), get('/socket.io/', '400'), alb({ type: 'wss', status: '101', request: 'GET wss://a:443/live HTTP/1.1' }), webSocketApi('CONNECT', '401'),
    ]));
    const shown = problems.map(({ kind, path: at, status, webSocketPath }: Problem) => `${kind} ${at} ${status} ${webSocketPath}`).sort();
    expect(shown).toEqual(['426 /live 426 true', '426 /page 426 false', 'handshake $connect 401 true', 'refused /live 403 true', 'refused /socket.io/ 400 true']);
  });

  test('outdated clients, by what they did or by what they are', async () => {
    const { outdated } = await json(file([ALB.old, alb({ agent: 'Java/1.7.0_80', tls: 'TLSv1' }), alb({ agent: 'Java/1.7.0_80', tls: 'TLSv1' }), alb({ agent: 'Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko' })]));
    expect(outdated).toEqual([
      { family: 'Java 7', why: 'uses TLS 1.0', requests: 2, share: 0.5 },
      { family: 'ApacheBench', why: 'speaks HTTP/1.0', requests: 1, share: 0.25 },
      { family: 'Internet Explorer 11', why: 'Internet Explorer 11 ends at TLS 1.2 and HTTP/1.1', requests: 1, share: 0.25 },
    ]);
  });

  test('who breaks with a higher floor, in requests and connections', async () => {
    const old = alb({ agent: 'Java/1.7.0_80', tls: 'TLSv1', connection: 'TID_0000000000000000000000000000000a' });
    const lines = [CONNECTION.old, old, old, alb(), CONNECTION.success, CONNECTION.old.replace('0a secp', '0b secp'), CONNECTION.refused];
    const { floors } = await json(file(lines), '--breaks-if', 'tls1.2');
    expect(floors).toEqual([{
      floor: '1.2', requests: 2, ofRequests: 3, requestShare: 0.666667, connections: 2, ofConnections: 3, connectionShare: 0.666667, offered: true, families: [{ family: 'Java 7', requests: 2, connections: 1 }, { family: '(no request of the connection is in the logs)', requests: 0, connections: 1 }],
    }]);
    const { stdout } = await run(file(lines), '--breaks-if', 'tls1.3');
    expect(stdout).toMatch(/if the lowest version were TLS 1\.3\n {2}requests that used an older one: 3 of 3 over TLS \(100\.00%\)/);
    expect(stdout).toMatch(/no line has TLS 1\.3 or later: it may not have been offered/);
  });

  test('--by counts by one thing, and by that alone', async () => {
    const place = file([ALB.http, alb({ status: '464' })]);
    expect(Object.keys((await json(place, '--by', 'path')).by)).toEqual(['path']);
    const { stdout } = await run(place, '--by', 'status');
    expect(stdout).toMatch(/statuses\n.*requests.*\n {2}200 +1 +50\.00%.*\n {2}464 +1 +50\.00%/);
    expect(stdout).not.toMatch(/paths|family/);
  });

  test('more keys than are kept are summed up', async () => {
    const lines = Array.from({ length: 5000 }, (_, index) => alb({ request: `GET https://a:443/page-${index} HTTP/1.1` }));
    const { by } = await json(file([...lines, ...new Array(50).fill(ALB.http)]), '--by', 'path');
    expect(by.path.rows).toHaveLength(1000);
    expect(by.path.rows[0]).toMatchObject({ key: '/', requests: 50 });
    expect(by.path).toMatchObject({ partial: true, others: { requests: 4001 } });
  });
});

describe('hostile lines', () => {
  test('long, binary and forged ones are counted, and stop nothing', async () => {
    const long = 'x'.repeat(LONGEST_LINE + 1);
    const place = file(Buffer.concat([
      Buffer.from(`${ALB.http}\n${long}\n${'y'.repeat(3_000_000)}\n${'z'.repeat(LONGEST_LINE)}\n`), Buffer.from([0, 255, 254, 10, 128, 10]), Buffer.from(`${ALB.http}\n${'end'.repeat(100_000)}`),
    ]));
    const { summary } = await json(place);
    expect(summary).toMatchObject({ lines: 8, requests: 2, notUnderstood: 6, notUnderstoodIn: [{ firstLine: 2, lines: 6 }] });
  });

  test('no escape sequence of theirs is printed, in text, in JSON or on stderr', async () => {
    const evil = '\u001b[31m\u0007\u009b2J\u202e';
    const place = file([
      alb({ agent: `${evil}/1`, status: '426', request: `GET https://a:443/${evil} HTTP/1.1` }), cloudFront({ status: '464', path: evil, agent: encodeURIComponent(`Mozilla/5.0 (compatible; ${evil}`) }),
      apiGateway({ path: evil, userAgent: 'a\u001b[0m', status: '504', errorType: evil }), CONNECTION.failed.replace('Failed:', evil),
    ], `evil${evil.replaceAll('/', '')}.log`);
    for (const args of [[], ['--by', 'path'], ['--by', 'family'], ['--format', 'json'], ['--breaks-if', 'tls1.3']]) {
      const { stdout, stderr } = await run(place, `${place}${evil}`, ...args);
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/); // eslint-disable-line no-control-regex
    }
  });

  test('keys of prototypes are keys', async () => {
    const { by } = await json(file(['__proto__', 'constructor', 'toString'].map((agent) => alb({ agent, request: `GET ${agent} HTTP/1.1` }))));
    expect(keys(by.family)).toEqual(Object.fromEntries([['__proto__', 1], ['constructor', 1], ['toString', 1]]));
  });
});

describe('how it ends', () => {
  const good = file([ALB.http]);
  const empty = path.join(folder, 'empty');
  fs.mkdirSync(empty);
  const cut = zlib.gzipSync(`${ALB.http}\n`.repeat(1000)).subarray(0, 200);

  test.each<[string, string[], RegExp]>([
    ['a missing file', [path.join(folder, 'none.log')], /^cdk-handshake: .*none\.log: no such file or folder\n$/],
    ['an empty folder', [empty], /^cdk-handshake: .*empty: there are no files in this folder\n$/],
    ['a device', ['/dev/null'], /^cdk-handshake: \/dev\/null: is neither a file nor a folder\n$/],
    ['a gzip file cut short', [file(cut)], /access\.log: the gzip file ends too early; what came before is counted\n$/],
    ['a damaged gzip file', [file(Buffer.from([0x1f, 0x8b, 9, 9, 9, 9]))], /access\.log: the gzip file is damaged/],
    ['Parquet', [file('PAR1....')], /access\.log: it is a Parquet file; what is read is/],
    ['nothing named', [], /logs wants files or folders/],
    ['another format', [good, '--format', 'xml'], /--format xml: it must be one of text, json/],
    ['another floor', [good, '--breaks-if', '1.2'], /--breaks-if 1\.2: it must be one of tls1\.2, tls1\.3/],
    ['another dimension', [good, '--by', 'host'], /--by host: it must be one of family, path, status, tls, protocol/],
    ['an unknown option', [good, '--bye'], /--bye/],
    ['a place that is none', [good, '--output', path.join(folder, 'none', 'x')], /--output .*none\/x: ENOENT/],
  ])('with 2: %s', async (_, args, line) => {
    const { status, stderr } = await run(...args);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(line) });
    expect(stderr.split('\n')).toHaveLength(2);
  });

  test('with 2, and the others are read', async () => {
    const { status, stdout } = await run(path.join(folder, 'none.log'), good, file(cut), '--format', 'json');
    expect(status).toBe(2);
    expect(JSON.parse(stdout).summary).toMatchObject({ files: 2, unreadable: [{ file: expect.stringContaining('none.log') }, {}] });
    expect(JSON.parse(stdout).summary.requests).toBeGreaterThanOrEqual(1);
  });

  test.each<[string, string[], RegExp]>([
    ['all was read', [good], /1 file, 0\.0 MB, 1 line \(1 of alb\): 1 request, 0 connections/],
    ['nothing was understood', [file(['?'])], /no line is of a format that is known\n\n.*access\.log:1: 1 line not understood/],
    ['an empty file', [file('')], /1 file, 0\.0 MB, 0 lines: 0 requests/],
    ['help', ['--help'], /--breaks-if TLS/],
  ])('with 0: %s', async (_, args, shown) => {
    expect(await run(...args)).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(shown) });
  });

  test('a report goes to a file', async () => {
    const place = path.join(folder, 'report.json');
    expect(await run(good, '--format', 'json', '--output', place)).toMatchObject({ status: 0, stdout: '' });
    expect(JSON.parse(fs.readFileSync(place, 'utf8'))).toMatchObject({ version: 1, summary: { requests: 1 } });
  });

  test('progress is shown on a terminal, and taken away', async () => {
    const written: string[] = [];
    const stream = (isTTY: boolean, lines: string[]) => ({ isTTY, write: (text: string) => lines.push(text) > 0 }) as unknown as NodeJS.WriteStream;
    expect(await main(['logs', good], stream(false, []), stream(true, written))).toBe(0);
    expect(written[0]).toMatch(/^\r\u001b\[K0\.0 MB of 0\.0 MB read$/); // eslint-disable-line no-control-regex
    expect(written.at(-1)).toBe('\r\u001b[K');
  });
});
