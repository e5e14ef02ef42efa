// The function of gate and canary as it is shipped, one bundled file, run for real: an endpoint that is fine, one that answers 426, one
// that is down, one that comes late; and the answer that CloudFormation gets.

import * as fs from 'node:fs';
import * as http from 'node:http';
import { AddressInfo } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { buildSync } from 'esbuild';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'probe-function-'));
const outfile = path.join(folder, 'index.js');
buildSync({ entryPoints: [path.join(__dirname, '..', '..', 'src', 'probe', 'function.ts')], bundle: true, platform: 'node', target: 'node20', outfile });
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { handler } = require(outfile);

const context = { getRemainingTimeInMillis: () => 60_000 };
const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function listen(server: http.Server, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  closing.push(() => { server.closeAllConnections(); server.close(); });
  return (server.address() as AddressInfo).port;
}

const page = (status: number) => http.createServer((_request, response) => response.writeHead(status).end('ok'));

/** What CloudFormation is told. What it listens at is open before the request is made, so that a port that was closed for it stays closed. */
async function gate(asked: object | (() => Promise<object>), type = 'Create', lambda = context): Promise<any> {
  let told: any;
  const cloudFormation = http.createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (data) => { body += data; }).on('end', () => { told = { method: incoming.method, ...JSON.parse(body) }; response.end(); });
  });
  const port = await listen(cloudFormation);
  const request = typeof asked === 'function' ? await asked() : asked;
  await handler({
    RequestType: type,
    ResponseURL: `http://127.0.0.1:${port}/answer`,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Gate',
    ResourceProperties: { Probe: JSON.stringify({ patienceSeconds: 1, timeoutSeconds: 2, ...request }) },
  }, lambda);
  return told;
}

beforeEach(() => { jest.spyOn(console, 'log').mockImplementation(); });
afterEach(() => jest.restoreAllMocks());

test('an endpoint that is fine: the deployment goes on', async () => {
  const port = await listen(page(200));
  expect(await gate({ url: `http://127.0.0.1:${port}/`, clients: ['http/1.1'] })).toMatchObject({ method: 'PUT', Status: 'SUCCESS', StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Gate', PhysicalResourceId: 'Gate-gate' });
});

test('one that answers 426: it is rolled back, and the reason says who and what', async () => {
  const port = await listen(page(426));
  const { Status, Reason } = await gate({ url: `http://127.0.0.1:${port}/`, clients: ['http/1.1'] });
  expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(/http\/1\.1 gets 426 at \/ and has to be served/)]);
});

/** A port at which nothing listens any more. */
async function closedPort(): Promise<number> {
  const server = page(200);
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('one that is down: it is rolled back', async () => {
  let port = 0;
  const { Status, Reason } = await gate(async () => {
    port = await closedPort();
    return { url: `http://127.0.0.1:${port}/`, clients: ['http/1.1'] };
  });
  expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining(`127.0.0.1:${port}`)]);
});

test('one that comes late: the gate waits for it', async () => {
  const late = async () => {
    const port = await closedPort();
    setTimeout(() => void listen(page(200), port), 3000).unref();
    return { url: `http://127.0.0.1:${port}/`, clients: ['http/1.1'], patienceSeconds: 30 };
  };
  expect(await gate(late)).toMatchObject({ Status: 'SUCCESS' });
}, 30_000);

test('no longer than Lambda lets it', async () => {
  const port = await listen(page(503));
  const began = Date.now();
  expect(await gate({ url: `http://127.0.0.1:${port}/`, clients: ['http/1.1'], patienceSeconds: 600 }, 'Create', { getRemainingTimeInMillis: () => 16_000 })).toMatchObject({ Status: 'FAILED' });
  expect(Date.now() - began).toBeLessThan(15_000);
}, 30_000);

test('what is removed, and settings that are none, are answered as well', async () => {
  expect(await gate({ url: 'https://no.such.host.invalid/' }, 'Delete')).toMatchObject({ Status: 'SUCCESS' });
  expect(await gate({ url: 'ftp://example.com' })).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('https://') });
});

test('the canary writes metrics for each client into its log', async () => {
  const port = await listen(page(426));
  const url = `http://127.0.0.1:${port}/`;
  const lines: string[] = [];
  jest.spyOn(console, 'log').mockImplementation((line) => { lines.push(line); });
  expect(await handler({ canary: { url, clients: ['http/1.0', 'http/1.1'], namespace: 'Edge' } }, context)).toMatchObject({ ok: false });
  const metrics = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  expect(metrics).toMatchObject(['http/1.0', 'http/1.1'].map((Client) => ({ Endpoint: url, Client, Outcome: '426', Fits: 0, Attempts: 1, _aws: { CloudWatchMetrics: [{ Namespace: 'Edge' }, {}] } })));
});

test('the canary says so when nobody is there', async () => {
  const lines: string[] = [];
  jest.spyOn(console, 'log').mockImplementation((line) => { lines.push(line); });
  expect(await handler({ canary: { url: 'http://127.0.0.1:1/', clients: ['h2'], namespace: 'Edge' } }, context)).toMatchObject({ ok: false });
  expect(JSON.parse(lines[0])).toMatchObject({ Client: 'h2', Outcome: 'no-connection', Fits: 0 });
});
