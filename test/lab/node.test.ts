// Presets against the real program: Node.js http and http2, as they are on the machine that runs the tests. What a row of the table
// says it speaks is asked of a server that was started for it, and so is what it is said not to speak.

import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as http1Module from 'http';
import * as http2Module from 'http2';
import * as https from 'https';
import { AddressInfo, Server } from 'net';
import * as os from 'os';
import * as path from 'path';
import { Door, http, http2, selected, webSocket } from './knock';
import { Preset, PresetId, PRESETS } from '../../src/protocol';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'handshake-lab-'));
const [key, cert] = ['key.pem', 'cert.pem'].map((file) => path.join(folder, file));
const { error } = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost', '-keyout', key, '-out', cert]);
if (error) console.warn('openssl is not installed, so servers with TLS were not tried. Install it with: apt-get install openssl');

const answer = (_request: unknown, response: any) => response.end('ok');
const credentials = () => ({ key: fs.readFileSync(key), cert: fs.readFileSync(cert) });
const SERVERS: readonly { preset: PresetId; tls: boolean; make: () => Server }[] = [
  { preset: 'node-http', tls: false, make: () => http1Module.createServer(answer) },
  { preset: 'node-http', tls: true, make: () => https.createServer(credentials(), answer) },
  { preset: 'node-http2-cleartext', tls: false, make: () => http2Module.createServer(answer) },
  { preset: 'node-http2', tls: true, make: () => http2Module.createSecureServer(credentials(), answer) },
  { preset: 'node-http2-allow-http1', tls: true, make: () => http2Module.createSecureServer({ ...credentials(), allowHTTP1: true }, answer) },
];

describe.each(SERVERS.filter(({ tls }) => !tls || !error))('$preset (TLS: $tls)', ({ preset, tls, make }) => {
  let server: Server;
  const row: Preset = PRESETS[preset];
  const speaks = (word: string) => (row.speaks as readonly string[]).includes(word);
  const door = (...alpn: string[]): Door => ({ port: (server.address() as AddressInfo).port, alpn: tls ? alpn : undefined });

  beforeAll(() => new Promise<void>((resolve) => { (server = make()).listen(0, '127.0.0.1', resolve); }));
  afterAll(() => new Promise<void>((resolve) => { (server as any).closeAllConnections?.(); server.close(() => resolve()); }));

  test.each(['1.0', '1.1'] as const)('HTTP/%s', async (version) => {
    const heard = await http(door('http/1.1'), version);
    // A server with TLS is asked by a client that offers http/1.1; HTTP/1.0 is served wherever HTTP/1.1 is.
    expect(heard.is === 'http/1' && heard.status === '200').toBe(speaks('http/1.1'));
  });

  test('HTTP/2', async () => {
    const heard = await http2(door('h2'));
    expect(heard.is === 'h2').toBe(tls ? speaks('h2') : speaks('h2c'));
  });

  test('WebSocket is not opened', async () => {
    const heard = await webSocket(door('http/1.1'));
    expect(heard).not.toEqual({ is: 'http/1', status: '101' });
    expect(speaks('websocket')).toBe(false);
  });

  if (tls) {
    test('ALPN', async () => {
      expect(await selected(door('h2', 'http/1.1'))).toBe(speaks('h2') ? 'h2' : 'http/1.1');
    });
  }
});
