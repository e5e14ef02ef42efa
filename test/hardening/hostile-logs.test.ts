// Logs that are made to hurt: every line was written by whoever called. Time grows with the bytes, memory does not.

import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Readable } from 'stream';
import { pipeline } from 'stream/promises';
import { createGzip, gzipSync } from 'zlib';
import { within, withinLater } from './bounds';
import { logsJson, logsText } from '../../src/cli/logs-report';
import { readLogs } from '../../src/logs';
import { agentOf } from '../../src/logs/agent';
import { fieldsOf } from '../../src/logs/fields';
import { Recogniser } from '../../src/logs/recognise';
import { pathOf } from '../../src/logs/request';

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'hostile-logs-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MIB = 1024 * 1024;
const alb = (agent: string, url = 'https://example.com:443/') => `https 2026-01-01T00:00:00.000000Z app/a/1 1.2.3.4:5 10.0.0.1:80 0.0 0.0 0.0 426 426 1 1 "GET ${url} HTTP/1.1" "${agent}" A TLSv1.2 arn "Root=1"`;

/** How much more memory the process has at most while a call is waited for. */
async function growth(call: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => { most = Math.max(most, process.memoryUsage().rss); }, 5);
  await call();
  clearInterval(timer);
  return Math.max(most, process.memoryUsage().rss) - before;
}

async function write(name: string, size: number, block: Buffer, pack = false): Promise<string> {
  const file = join(folder, name);
  const blocks = function* () { for (let written = 0; written < size; written += block.length) yield block; };
  if (pack) await pipeline(Readable.from(blocks()), createGzip(), createWriteStream(file));
  else await pipeline(Readable.from(blocks()), createWriteStream(file));
  return file;
}

describe('memory stays', () => {
  test.each<[string, Buffer, boolean]>([
    ['one line of 300 MB without end', Buffer.alloc(MIB, 'x'), false],
    ['a gzip bomb: 300 MB of one line', Buffer.alloc(MIB, 'x'), true],
    ['a gzip bomb: 300 MB of zeros', Buffer.alloc(MIB), true],
  ])('%s', async (name, block, pack) => {
    const file = await write(`${name.replace(/\W/g, '')}.log`, 300 * MIB, block, pack);
    let report: Awaited<ReturnType<typeof readLogs>> | undefined;
    expect(await growth(async () => { report = await readLogs([{ file }]); })).toBeLessThan(150 * MIB);
    expect(report).toMatchObject({ lines: 1, notUnderstood: 1 });
  }, 120_000);

  test('30 MB of lines with other agents, paths and statuses each', async () => {
    let at = 0;
    const file = join(folder, 'varied.log');
    const lines = function* () { for (; at < 150_000; at += 1) yield `${alb(`agent${at}/1.0 ${'y'.repeat(100)}`, `https://h/p${at}`)}\n`; };
    await pipeline(Readable.from(lines()), createWriteStream(file));
    expect(await growth(() => readLogs([{ file }]))).toBeLessThan(200 * MIB);
  }, 120_000);
});

describe('time is that of the length', () => {
  const LONG = 120_000;
  const PIECES = ['"', '\\', '\\"', '"\\', ' ', '/', '%', '%25', '%2525', '(', 'Mozilla/5.0 (', 'compatible; ', 'Java/', 'a/', '1.', '/1', '/0123456789abcdef', '-', '\t', '#Fields: ', '{"a":', '[', '{', '\u00e9', ';', 'HTTP/1.1', '::', '://'];
  test.each(PIECES.map((piece): [string, string] => [JSON.stringify(piece), piece]))('%s', (_, piece) => {
    const text = piece.repeat(LONG / piece.length);
    const lines = [text, alb(text), alb('curl/8', text), `{"status":"200","httpMethod":"GET","path":"${text}","userAgent":"${text}"}`, `2026-01-01\t00:00:00\t${text}`, `#Fields: ${text}`, `{${text}`,
      `2026-01-01T00:00:00.000Z {${text}`, `2026-01-01T00:00:00 1.2.3.4 ${text}`];
    within(1500, () => {
      agentOf(text);
      agentOf(`Mozilla/5.0 ${text}`);
      pathOf(text);
      fieldsOf(text);
      const recogniser = new Recogniser();
      for (const line of lines) recogniser.line(line);
      recogniser.line('#Fields: cs(User-Agent) sc-status cs-uri-stem');
      recogniser.line(`${text}\t200\t${text}`);
    });
  });
});

test('damaged, foreign and binary files are named, and nothing is thrown', async () => {
  const packed = gzipSync(`${alb('x')}\n`.repeat(1000));
  const files = {
    'cut.gz': packed.subarray(0, packed.length - 20),
    'broken.gz': Buffer.concat([packed.subarray(0, 20), Buffer.alloc(40, 7), packed.subarray(60)]),
    'empty': Buffer.alloc(0),
    'only.gz': Buffer.from([0x1f, 0x8b]),
    'zip': Buffer.from('PK\u0003\u0004rest'),
    'binary': Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 256)),
    'invalid': Buffer.concat([Buffer.from('https '), Buffer.from([0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80]), Buffer.from('\n')]),
    'utf16': Buffer.from(`\ufeff${alb('x')}\n`, 'utf16le'),
    'deep': Buffer.from(`{"status":"200","a":${'['.repeat(50_000)}${']'.repeat(50_000)}}\n`),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const report = await withinLater(5000, () => readLogs(Object.keys(files).map((name) => ({ file: join(folder, name) }))));
  expect(report.unreadable.map(({ file }) => file.slice(folder.length + 1)).sort()).toEqual(['broken.gz', 'cut.gz', 'only.gz', 'zip']);
});

test('nothing that a terminal obeys comes out, wherever it was written', async () => {
  const evil = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e\u2066\u200f\u061c\u2028\r\u0008';
  const file = join(folder, 'evil.log');
  writeFileSync(file, [alb(`${evil}agent/1`), alb('curl/8', `https://h/${evil}`), `{"requestId":"1","status":"426","httpMethod":"${encodeURIComponent(evil)}","path":"/x","errorType":"${JSON.stringify(evil).slice(1, -1)}"}`, evil].join('\n'));
  const report = await readLogs([{ file }]);
  const shown = [logsText(report, {}, false), logsText(report, { by: 'path' }, false), logsJson(report, {})].join('');
  // eslint-disable-next-line no-control-regex
  expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\p{Bidi_Control}\u2028\u2029]/u);
});
