// The command: exit codes, one-line errors, text, JSON, and the comparison with templates.

import * as fs from 'node:fs';
import * as http from 'node:http';
import * as http2 from 'node:http2';
import * as path from 'node:path';
import { Authority, NAME } from './authority';
import { closedPort, endAll, started } from './started';
import { main } from '../../src/cli/main';
import { agree } from '../../src/cli/probe-expect';
import { albTemplate, host, path as at, rule, template } from '../templates';

const authority = new Authority();
const credentials = authority.credentials();
afterEach(endAll);
afterAll(() => authority.end());

/** Runs the command here, so that it reaches the servers of this process; what it writes is kept. */
async function run(...args: string[]) {
  const [out, err]: string[][] = [[], []];
  const stream = (lines: string[]) => ({ isTTY: false, write: (text: string) => lines.push(text) > 0 }) as unknown as NodeJS.WriteStream;
  const status = await main(['probe', ...args], stream(out), stream(err));
  return { status, stdout: out.join(''), stderr: err.join('') };
}

function file(name: string, content: unknown): string {
  const place = path.join(authority.folder, name);
  fs.writeFileSync(place, JSON.stringify(content));
  return place;
}

const page: http.RequestListener = (_request, response) => response.end('ok');
const status = (code: number): http.RequestListener => (_request, response) => response.writeHead(code).end();

describe('exit codes', () => {
  test('0: whoever has to be served is', async () => {
    expect(await run(`http://127.0.0.1:${await started(http.createServer(page))}/`)).toMatchObject({ status: 0, stderr: '' });
  });

  test('1: somebody is not; 0 if the status will do', async () => {
    const url = `http://127.0.0.1:${await started(http.createServer(status(401)))}/`;
    expect(await run(url)).toMatchObject({ status: 1, stderr: '' });
    expect(await run(url, '--accept', '401')).toMatchObject({ status: 0 });
  });

  test('2: nobody is there', async () => {
    expect(await run(`http://127.0.0.1:${await closedPort()}/`)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/^cdk-handshake: 127\.0\.0\.1:\d+ refuses the connection: nothing listens there\n$/) });
    expect((await run('https://nowhere.invalid/')).stderr).toMatch(/the name nowhere\.invalid /);
  });
});

test.each<[string, string[], RegExp]>([
  ['no URL', [], /probe wants one URL/],
  ['two URLs', ['https://a/', 'https://b/'], /probe wants one URL.* it got 2/],
  ['no URL but a name', ['example.com'], /example\.com: it is not a URL; write it like https/],
  ['another scheme', ['ftp://example.com/'], /must begin with https/],
  ['credentials', ['https://me:secret@example.com/'], /the URL names a user/],
  ['an unknown client', ['https://a/', '--client', 'http/11'], /--client http\/11: there is no such client; did you mean http\/1\.1\?/],
  ['an unknown option', ['https://a/', '--clients', 'h2'], /--clients/],
  ['an unknown format', ['https://a/', '--format', 'xml'], /--format xml: it must be one of text, json/],
  ['a time that is none', ['https://a/', '--timeout', '0'], /--timeout 0: it must be a number of seconds above 0/],
  ['a status that is none', ['https://a/', '--accept', 'ok'], /--accept ok: it must be a status/],
  ['a header without a name', ['https://a/', '--header', 'x'], /header x: write it like/],
  ['a header in two lines', ['https://a/', '--header', 'X: 1\r\nY: 2'], /header X: 1.*: write it like/],
  ['a header of the handshake', ['https://a/', '--header', 'Upgrade: h2c'], /header Upgrade: the probe sets it by itself/],
  ['a path that is none', ['https://a/', '--ws', 'ws'], /ws path ws: it must begin with one \//],
  ['templates that are not there', ['https://a/', '--expect', 'nowhere.json'], /--expect nowhere\.json: there is no template/],
])('wrong usage: %s', async (_, args, says) => {
  const { status: code, stderr, stdout } = await run(...args);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/\bat .*:\d+:\d+|secret/);
});

describe('what is printed', () => {
  test('the table of paths and clients, a line for each client, the cause', async () => {
    const { stdout } = await run(`http://127.0.0.1:${await started(http.createServer(status(426)))}/`, '--ws', '/ws');
    expect(stdout).toMatch(/^kind +http\/1\.0 +http\/1\.1 +path\nhttp +426 +426 +\/\nkind +ws +path\nwebsocket +426 +\/ws$/m);
    expect(stdout).toMatch(/^NOT http\/1\.1 +426 +426 in HTTP\/1\.1 \(has to be served\)$/m);
    expect(stdout).toMatch(/^WEBSOCKET HANDSHAKE ws\n {2}The handshake gets 426, just as a plain GET does/m);
    expect(stdout).toMatch(/not as it has to be: 2\n$/);
  });

  test('JSON', async () => {
    const { stdout } = await run(`http://127.0.0.1:${await started(http.createServer(page))}/x?y=1`, '--format', 'json', '--client', 'http/1.1');
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/x\?y=1$/),
      address: '127.0.0.1',
      summary: { ok: true, clients: 1, required: 1, failing: [] },
      clients: [{ client: 'http/1.1', kind: 'http', path: '/x?y=1', need: 'served', outcome: 'served', fits: true, evidence: { end: 'answered', answer: { status: 200 } } }],
      diagnoses: [],
    });
    const { stdout: unreachable, status: code } = await run(`http://127.0.0.1:${await closedPort()}/`, '--format', 'json');
    expect(code).toBe(2);
    expect(JSON.parse(unreachable)).toMatchObject({ version: 1, unreachable: expect.stringMatching(/refuses/), clients: [] });
  });

  test('no escape of a server reaches the terminal', async () => {
    const server = http.createServer((_request, response) => {
      response.socket!.end('HTTP/1.1 302 Found\r\nLocation: /\u001b]0;title\u0007\r\nServer: \u001b[2J\r\nContent-Length: 0\r\n\r\n');
    });
    const { stdout } = await run(`http://127.0.0.1:${await started(server)}/`);
    // eslint-disable-next-line no-control-regex
    expect(stdout).not.toMatch(/[\u001b\u0007]/);
    expect(stdout).toContain('Location: /\\u001b]0;title\\u0007');
  });

  test('help', async () => {
    expect(await run('--help')).toMatchObject({ status: 0, stdout: expect.stringMatching(/--expect PATH/) });
  });
});

describe('--expect', () => {
  const http2Only = () => http2.createSecureServer({ ...credentials, allowHTTP1: true }, (request, response) => response.writeHead(request.httpVersion === '2.0' ? 200 : 464).end());
  const ask = (port: number, ...args: string[]) => run(`https://${NAME}:${port}/`, '--address', '127.0.0.1', '--insecure', '--format', 'json', ...args);

  test('as the templates say', async () => {
    const bad = file('http2.json', albTemplate({ group: { ProtocolVersion: 'HTTP2' } }).body);
    const { stdout, status: code } = await ask(await started(http2Only()), '--expect', bad);
    const probed = JSON.parse(stdout) as { summary: { differing: string[] }; clients: { client: string; expected: object }[] };
    expect(probed.summary.differing).toEqual([]);
    expect(probed.clients.find(({ client }) => client === 'http/1.1')!.expected).toEqual({ outcomes: ['464'], paths: [['Alb', 'Listener', 'Group']], compared: true, differs: false });
    expect(code).toBe(1); // foretold, and still not served
    expect((await ask(await started(http2Only()), '--expect', bad, '--client', 'h2')).status).toBe(0);
  });

  test('other than the templates say', async () => {
    const good = file('good.json', albTemplate().body);
    const port = await started(http2Only());
    const { stdout, status: code } = await ask(port, '--expect', good, '--accept', '200');
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as { summary: { differing: string[] } }).summary.differing).toEqual(expect.arrayContaining(['http/1.0', 'http/1.1']));
    const text = await run(`https://${NAME}:${port}/`, '--address', '127.0.0.1', '--insecure', '--expect', good);
    expect(text.stdout).toMatch(/DIFFERS: the templates say served along Alb -> Listener -> Group/);
  });

  test('the path of the URL leads along the rule for it, and the host along its own', async () => {
    const redirect = { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '426' } };
    const other = file('rules.json', albTemplate({ more: { Api: rule(1, [at('/api/*')], redirect), Other: rule(2, [host('other.test')], redirect) } }).body);
    const port = await started(http2.createSecureServer({ ...credentials, allowHTTP1: true }, (request, response) => response.writeHead(request.url.startsWith('/api/') ? 426 : 200).end()));
    const told = async (where: string) => {
      const { stdout } = await run(`https://${NAME}:${port}${where}`, '--address', '127.0.0.1', '--insecure', '--format', 'json', '--client', 'h2', '--expect', other);
      return (JSON.parse(stdout) as { clients: { expected: { outcomes: string[]; differs: boolean } }[] }).clients[0].expected;
    };
    expect(await told('/api/x')).toMatchObject({ outcomes: ['426'], differs: false });
    expect(await told('/')).toMatchObject({ outcomes: ['served'], differs: false });
  });

  test('templates without a path for a client say nothing', async () => {
    const none = file('none.json', template({ Topic: { Type: 'AWS::SNS::Topic' } }).body);
    const { stdout, status: code } = await run(`http://127.0.0.1:${await started(http.createServer(page))}/`, '--expect', none);
    expect(code).toBe(0);
    expect(stdout).toMatch(/the templates say nothing of it/);
  });

  test.each([
    ['served', 'served', true], ['served', '301', true], ['served', '404', false], ['301', '308', true], ['ws-handshake-failure', '426', true], ['ws-handshake-failure', 'served', false],
    ['502', '503', true], ['502', 'no-answer', true], ['464', '426', false], ['tls-handshake-failure', 'served', false],
  ] as const)('foretold %s, seen %s: %s', (expected, seen, same) => expect(agree(expected, seen)).toBe(same));
});
