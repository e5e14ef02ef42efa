// Configurations as people write them, and what is read of them. Where HAProxy is installed, it has to accept each of them too
// (with a certificate of the lab). Sources: the examples of HAProxy's repository, Debian's haproxy.cfg, the configuration manual.

import * as fs from 'node:fs';
import { haproxy, HaproxySettings, readHaproxyConfig } from '../../../src/systems/haproxy';
import { Knock, Program } from '../../../src/systems/program/knock';
import { site, write } from '../../lab/running';
import { haproxyCfg, haproxyPresent, haproxyRefuses } from '../../lab/servers-of-haproxy';

const FILE = 'haproxy.cfg';
const read = (text: string) => readHaproxyConfig(text, { file: FILE });
const one = (text: string): HaproxySettings => read(text).settings[0];

const EDGE = `global
    ssl-default-bind-options prefer-client-ciphers no-sslv3 no-tlsv10 no-tlsv11 no-tls-tickets
defaults http
    mode http
    option httplog
    timeout client 1m
    timeout server 1m
    timeout connect 10s
    timeout http-keep-alive 2m
    timeout tunnel 4h  # for websocket
frontend pub1
    bind :80 name clear
    bind :443 name secure ssl crt site.pem
    http-response set-header Strict-Transport-Security "max-age=31536000"
    http-request redirect scheme https code 301 if !{ ssl_fc }
    option forwardfor
    default_backend app1
backend app1
    balance random
    cookie app1 insert indirect nocache
    option httpchk
    http-check send meth GET uri / ver HTTP/1.1 hdr host svc1.example.com
    server srv1 192.0.2.1:80 cookie s1 maxconn 100 check inter 1s
    server srv2 192.0.2.2:80 cookie s2 maxconn 100 check inter 1s
`;

const SWITCH = `defaults
    mode http
    timeout connect 5s
    timeout client 30s
    timeout server 30s
frontend public
    bind 192.168.1.10:80 name clear
    use_backend static if { hdr_beg(host) -i img }
    use_backend static if { path_beg /img /css   }
    acl api path_beg /api
    acl api path_beg -i /v1
    use_backend api if api
    default_backend dynamic
backend static
    option httpchk HEAD /favicon.ico
    server statsrv1 192.168.1.8:80 check inter 1000
backend api
    default-server ssl verify none alpn h2,http/1.1
    server api1 192.168.1.7:443 sni str(api.example.com)
    server api2 192.168.1.6:443 sni str(api.example.com)
backend dynamic
    option httpchk HEAD /login.php HTTP/1.1\\r\\nHost:\\ www.example.com
    server dynsrv1 192.168.1.1:80 minconn 50 maxconn 500 cookie s1 check inter 1000
    server dynsrv2 192.168.1.2:80 minconn 50 maxconn 500 cookie s2 check inter 1000
    server spare 192.168.1.3:80 backup proto h2
`;

const LISTEN = `global
    h2-workaround-bogus-websocket-clients
    ssl-default-bind-options ssl-min-ver TLSv1.0
    ssl-default-bind-ciphers DEFAULT:@SECLEVEL=0
defaults plain
    timeout connect 1s
    timeout client 500
    timeout server 1500ms
defaults web from plain
    mode http
    option http-server-close
listen grpc from web
    bind *:8443 ssl crt site.pem alpn h2 proto h2 strict-sni ssl-max-ver TLSv1.2
    bind 127.0.0.1:8444,127.0.0.1:8445 accept-proxy
    option httpclose
    server one 10.0.0.1:50051 proto h2 send-proxy-v2
listen database from plain
    bind :5432
    server db 10.0.0.2:5432 check
`;

const ACCEPTED: readonly (readonly [string, string])[] = [['an edge', EDGE], ['routes', SWITCH], ['listen sections', LISTEN]];

describe('what is read', () => {
  test('an edge: cleartext is redirected, TLS goes on', () => {
    const { settings, unread } = read(EDGE);
    expect(unread).toEqual([]);
    expect(settings).toMatchObject([
      { mode: 'http', bind: { port: 80, at: 'haproxy.cfg:12' }, answers: { status: 301, at: 'haproxy.cfg:15' }, timeouts: { client: 60, httpKeepAlive: 120 } },
      {
        bind: { port: 443, tls: {}, at: 'haproxy.cfg:13' },
        server: { backend: 'app1', check: { is: 'http', method: 'GET', path: '/', version: '1.1', host: true }, timeouts: { server: 60, tunnel: 14_400 } },
      },
    ]);
    expect(settings[1]).not.toHaveProperty('answers');
    expect(settings[1].bind.tls).toEqual({});
  });

  test('routes: the path decides, and another condition leaves both ways open', () => {
    const { settings: [{ routes, server }], unread } = read(SWITCH);
    expect(unread).toMatchObject([{ line: 8, directive: 'use_backend' }]);
    expect(routes).toMatchObject([
      { maybe: true, server: { backend: 'static', check: { method: 'HEAD', path: '/favicon.ico' } }, at: 'haproxy.cfg:8' },
      { pathBeg: ['/img', '/css'], server: { backend: 'static' } },
      { pathBeg: ['/api', '/v1'], server: { backend: 'api', tls: { alpn: ['h2', 'http/1.1'], sni: 'fixed', verify: 'none' }, at: 'haproxy.cfg:19' } },
    ]);
    expect(server).toEqual({
      backend: 'dynamic', at: 'haproxy.cfg:23', timeouts: { server: 30 }, check: { is: 'http', method: 'HEAD', path: '/login.php', version: '1.1', host: true },
    });
  });

  test('listen sections, named defaults, settings of all bind lines', () => {
    const { settings, unread } = read(LISTEN);
    expect(unread).toEqual([]);
    expect(settings.map(({ bind: { port }, mode }) => [port, mode])).toEqual([[8443, 'http'], [8444, 'http'], [8445, 'http'], [5432, 'tcp']]);
    expect(settings[0]).toMatchObject({
      httpclose: true,
      timeouts: { client: 0.5 },
      bind: { announcesNoConnect: true, proto: 'h2', tls: { alpn: ['h2'], strictSni: true, min: '1.0', max: '1.2', securityLevel0: true } },
      server: { proto: 'h2', sendProxy: 'v2', timeouts: { server: 1.5 } },
    });
    expect(settings[1].bind.acceptProxy).toBe(true);
    expect(settings[3].server?.check).toEqual({ is: 'tcp' });
  });

  test.each([
    ['500', 0.5], ['30s', 30], ['1500ms', 1.5], ['2m', 120], ['1h', 3600], ['1d', 86_400], ['250us', 0.00025], ['0', undefined],
  ])('timeout client %s is %s s', (text, client) => {
    expect(one(`defaults\n mode http\nfrontend a\n bind :80\n timeout client ${text}\n`).timeouts?.client).toBe(client);
  });

  test.each([
    ['a comment', 'bind :80 # ssl', {}],
    ['a quoted number sign', 'bind :80 name "a#b" accept-proxy', { acceptProxy: true }],
    ['single quotes keep backslashes', 'bind :80 name \'a\\\' accept-proxy', { acceptProxy: true }],
    ['an escaped blank', 'bind :80 name a\\ b accept-proxy', { acceptProxy: true }],
    ['no-alpn', 'bind :80 ssl crt x no-alpn', { tls: { alpn: [] } }],
    ['no-tlsv12', 'bind :80 ssl crt x no-tlsv12', { tls: { min: '1.3', max: '1.3' } }],
    ['force-tlsv12', 'bind :80 ssl crt x force-tlsv12', { tls: { min: '1.2', max: '1.2' } }],
    ['verify required', 'bind :80 ssl crt x ca-file y verify required', { tls: { verify: 'required' } }],
  ])('words: %s', (_what, line, bind) => {
    const { settings, unread } = read(`frontend a\n  mode http\n  ${line}\n`);
    expect(unread).toEqual([]);
    expect(settings[0].bind).toEqual({ ...bind, port: 80, at: 'haproxy.cfg:3' });
  });
});

describe('what is not understood is unknown, and listed with its line', () => {
  const around = (front: string, back = '') => `defaults\n mode http\nfrontend a\n bind :80\n ${front}\n default_backend b\nbackend b\n ${back}\n server s 127.0.0.1:1 check\n`;
  const answers200: Program = () => ({ kind: 'status', status: 200 });
  const GET: Knock = { over: 'clear', version: '1.1', method: 'GET', path: '/', host: 'name' };
  const seen = (text: string) => haproxy({ ...one(text), version: '2.6.12' }, answers200)(GET);

  test.each<[string, string, number, string]>([
    ['a word of bind', around('').replace('bind :80', 'bind :80 new-word'), 4, 'bind'],
    ['crt-list', around('').replace('bind :80', 'bind :80 ssl crt-list certs.txt'), 4, 'bind'],
    ['a word of server', around('').replace(' check', ' new-word'), 9, 'server'],
    ['proto fcgi', around('').replace(' check', ' proto fcgi'), 9, 'server'],
    ['sni from a variable', around('').replace(' check', ' ssl verify none sni var(txn.name)'), 9, 'server'],
    ['another health check', around('', 'option mysql-check'), 8, 'option'],
    ['another expectation', around('', 'option httpchk\n http-check expect string ok'), 9, 'http-check'],
    ['a computed backend', around('').replace('default_backend b', 'default_backend %[req.hdr(host)]'), 6, 'default_backend'],
    ['a backend elsewhere', around('').replace('default_backend b', 'default_backend c'), 6, 'default_backend'],
    ['a time in a variable', around('timeout client "$TIMEOUT"'), 5, 'timeout'],
    ['a condition of the file', around('').replace(' bind', '.if feature(OPENSSL)\n bind').replace(' default_backend', '.endif\n default_backend'), 5, 'bind'],
    ['a rule of the backend', around('', 'http-request del-header Upgrade'), 8, 'http-request'],
  ])('%s', (_what, text, line, directive) => {
    expect(read(text).unread).toMatchObject([{ file: FILE, line, directive }]);
    expect(seen(text)).toMatchObject({ kind: 'unknown', because: expect.stringMatching(/haproxy\.cfg:\d+/) });
  });

  test('a rule that may answer makes the outcome a possible one', () => {
    const text = around('http-request deny if { src 10.0.0.0/8 }');
    expect(read(text).unread).toMatchObject([{ line: 5, directive: 'http-request' }]);
    expect(seen(text)).toEqual({ kind: 'status', status: 200, possible: 'the rule at haproxy.cfg:5 does not answer or change the request' });
  });

  test('open routes to servers that answer alike are certain', () => {
    const text = `${around('use_backend c if { src 10.0.0.0/8 }')}backend c\n server s 127.0.0.1:2\n`;
    expect(seen(text)).toEqual({ kind: 'status', status: 200 });
  });
});

test.each([
  ['', 'haproxy.cfg:1: no section; is this a HAProxy configuration?'],
  ['server {\n}', 'haproxy.cfg:1: "server" stands in no section; is this a HAProxy configuration?'],
  ['frontend a\n  bind ":80\n', 'haproxy.cfg:2: the quote " is not closed'],
  ['frontend a from b\n', 'haproxy.cfg:1: "defaults b" is not defined before this line'],
  ['frontend a\n'.repeat(5001), 'haproxy.cfg:5001: more than 5000 sections, or more lines of defaults than are read'],
  ['x'.repeat(1_000_001), 'haproxy.cfg:1: more than 1000000 characters of configuration'],
])('no configuration: %j', (text, message) => {
  expect(() => read(text)).toThrow(message);
});

test('what is written out for the lab is read as it was', () => {
  const settings: HaproxySettings = {
    mode: 'http',
    bind: { port: 8000, tls: { alpn: ['h2'], min: '1.0', max: '1.2', securityLevel0: true, strictSni: true, verify: 'required' }, proto: 'h2', acceptProxy: true },
    timeouts: { client: 1.5, httpKeepAlive: 2, httpRequest: 3 },
    httpclose: true,
    routes: [{ pathBeg: ['/a', '/b'], server: { backend: 'other', proto: 'h1', timeouts: { server: 30 } } }],
    server: {
      backend: 'back',
      proto: 'h2',
      tls: { alpn: ['h2', 'http/1.1'], sni: 'host', verify: 'none', certificate: true },
      sendProxy: 'v1',
      timeouts: { server: 4, tunnel: 5 },
      check: { is: 'http', method: 'HEAD', path: '/up', version: '1.1', host: true, expects: [[200, 299]] },
    },
  };
  const { settings: [found], unread } = read(haproxyCfg(settings, { folder: '/tmp', port: 8000, cert: '/tmp/cert.pem' }));
  expect(unread).toEqual([]);
  expect(found).toMatchObject(settings);
});

(haproxyPresent() ? test.each(ACCEPTED) : test.skip.each(ACCEPTED))('HAProxy itself accepts %s', async (_name, text) => {
  const place = await site('haproxy');
  const pem = write(place, 'site.pem', fs.readFileSync(place.cert, 'utf8') + fs.readFileSync(place.key, 'utf8'));
  expect(haproxyRefuses(write(place, FILE, text.replace(/site\.pem/g, pem)))).toBeUndefined();
});
