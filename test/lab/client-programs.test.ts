// The table of client programs (src/systems/clients) against those that are installed here: each calls the reference servers, which
// are real ones of this process, and tells what it saw. Programs that are not installed are named with the command that installs them.

import * as fs from 'node:fs';
import * as https from 'node:https';
import * as tls from 'node:tls';
import { REFERENCES } from './client-programs';
import { backends, Behind, NOTHING } from './in-front';
import { programsHere, tells } from './programs-of-clients';
import { listen, present, Running, Site, site } from './running';
import { call } from '../../src/systems/clients';
import { callsOf } from '../../src/systems/clients/programs';
import { node, NodeSettings } from '../../src/systems/node';
import { nameSeen } from '../../src/systems/program/knock';

/** A server of Node.js that nobody but client programs is tried against; without a certificate of its own it needs the server name. */
function withTls(settings: NodeSettings, options: tls.TlsOptions = {}): Behind {
  return {
    name: 'Node.js https',
    model: (knock) => node({ version: process.versions.node, ...settings }, knock),
    start: (place) => {
      const credentials = { key: fs.readFileSync(place.key), cert: fs.readFileSync(place.cert) };
      const byName: tls.TlsOptions = { SNICallback: (_name, done) => done(null, tls.createSecureContext(credentials)) };
      const all = { ...(settings.tls?.needsServerName ? byName : credentials), ...options };
      return listen(https.createServer(all, (_request, response) => response.end('ok')), place);
    },
  };
}

const { page, upgrades, h2c, https: plainTls, both, old } = backends();
const SERVERS: Readonly<Record<string, Behind>> = {
  'clear-h1': page,
  'clear-h1+ws-upgrade-listener': upgrades,
  'clear-h2c-only': h2c,
  'clear-envoy-stand-in': old,
  'tls-alpn-h2+http/1.1': both,
  'tls-alpn-http/1.1-only': plainTls,
  'tls-sni-required': withTls({ tls: { needsServerName: true } }),
  'tls1.0-only': withTls({ tls: { min: '1.0', max: '1.0' } }, { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' }),
  'tls1.2-only': withTls({ tls: { min: '1.2', max: '1.2' } }, { maxVersion: 'TLSv1.2' }),
  'tls1.3-only': withTls({ tls: { min: '1.3' } }, { minVersion: 'TLSv1.3' }),
};

const here = present('openssl', 'apt-get install -y openssl') ? programsHere() : [];
const references = Object.entries(SERVERS).filter(([, server]) => server !== NOTHING);
const running: Running[] = [];
const urls: string[] = [];
let place: Site;
let asked = 0;

beforeAll(async () => {
  place = await site('clients');
  for (const [reference, server] of references) {
    const own = await site('reference');
    running.push(await server.start(own));
    urls.push(`${REFERENCES[reference].to.scheme}://localhost:${own.port}/`);
  }
}, 60_000);

afterAll(async () => {
  await Promise.all(running.map((server) => server.end()));
  console.info(`${here.length} client programs called ${references.length} servers: ${asked} calls.`);
});

test('every program that is tried is in the table', () => {
  expect(here.filter(({ name, versions }) => callsOf(name, versions) === undefined).map(({ name }) => name)).toEqual([]);
});

for (const program of here) {
  test(`${program.name} ${Object.values(program.versions)[0]}`, async () => {
    const told = await program.ask(urls, place);
    const calls = callsOf(program.name, program.versions)!;
    const differ = references.flatMap(([reference, server], index) => {
      const predicted = call(calls, REFERENCES[reference].to, server.model);
      return tells(told[index], predicted) ? [] : [`${reference}: predicted ${nameSeen(predicted)}, told ${JSON.stringify(told[index])}`];
    });
    asked += urls.length;
    expect(differ).toEqual([]);
  }, 60_000);
}
