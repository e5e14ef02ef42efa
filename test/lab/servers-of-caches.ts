// Proxies of the lab that came to the world as caches: Varnish and Squid, each in front of real servers of this process. Squid is asked
// for whole URLs, as a reverse proxy, and by CONNECT, with and without TLS inspection. Not here: mitmproxy, which is not tried.

import * as fs from 'node:fs';
import { backends, Behind, inFront, NOTHING, versionOf } from './in-front';
import { done, LabServer, present, run, Site, write } from './running';
import { squidProxy, SquidSettings } from '../../src/systems/squid';
import { varnishProxy, VarnishSettings } from '../../src/systems/varnish';

function varnishProxies(): LabServer[] {
  if (!present('varnishd', 'apt-get install -y varnish')) return [];
  const version = versionOf('varnishd', '-V');
  const pipe = ['sub vcl_recv { if (req.http.upgrade ~ "(?i)websocket") { return (pipe); } }',
    'sub vcl_pipe { if (req.http.upgrade) { set bereq.http.upgrade = req.http.upgrade; set bereq.http.connection = req.http.connection; } return (pipe); }'];
  const one = (settings: VarnishSettings, behind: Behind) => {
    const start = (place: Site, to: number) => run(place, 'varnishd', [
      '-F', '-n', `${place.folder}/varnish`, '-a', `127.0.0.1:${place.port}`, '-s', 'malloc,8m', '-f',
      write(place, 'lab.vcl', ['vcl 4.1;', `backend lab { .host = "127.0.0.1"; .port = "${to}"; }`, 'sub vcl_backend_response { set beresp.ttl = 0s; set beresp.uncacheable = true; }', ...(settings.pipesWebSocket ? pipe : [])].join('\n')),
      ...(settings.http2 ? ['-p', 'feature=+http2'] : []),
    ]);
    const name = `Varnish ${version} ${Object.keys(settings).join(', ') || 'default'}`;
    return inFront(name, false, behind, varnishProxy({ ...settings, version }, behind.model), start);
  };
  const { upgrades, ws, h2c } = backends();
  return [
    one({}, upgrades), one({}, h2c), one({ http2: true }, upgrades),
    one({ pipesWebSocket: true }, NOTHING), one({ pipesWebSocket: true, http2: true }, ws),
  ];
}

const CERTGEN = '/usr/lib/squid/security_file_certgen';

function squidProxies(): LabServer[] {
  if (!present('squid', 'apt-get install -y squid-openssl')) return [];
  const version = versionOf('squid', '-v');
  const conf = (place: Site, lines: readonly string[]) => write(place, 'squid.conf', [
    `pid_filename ${place.folder}/squid.pid`, `cache_log ${place.folder}/cache.log`, 'access_log none', 'cache deny all', 'http_access allow all', 'shutdown_lifetime 0 seconds',
    `coredump_dir ${place.folder}`, 'visible_hostname lab.test', `hosts_file ${write(place, 'hosts', '127.0.0.1 lab.test unknown.example\n')}`, ...lines,
  ].join('\n'));
  const start = (place: Site, lines: readonly string[]) => {
    // Squid gives up root, and writes into its folder.
    fs.chmodSync(place.folder, 0o777);
    return run(place, 'squid', ['-N', '-f', conf(place, lines)]);
  };
  const plain = (settings: SquidSettings, behind: Behind) => {
    const all: SquidSettings = { ...settings, cachePeer: true, version };
    const upgrades = (settings.upgrades ?? []).map((name) => `http_upgrade_request_protocols ${name} allow all`);
    return inFront(`Squid ${version} ${settings.asked}${upgrades.length ? ', upgrades' : ''}`, false, behind, squidProxy(all, behind.model), (place, to) => start(place, [
      `http_port 127.0.0.1:${place.port}${settings.asked === 'reverse' ? ' accel defaultsite=lab.test' : ''}`,
      `cache_peer 127.0.0.1 parent ${to} 0 no-query originserver name=lab`, 'never_direct allow all', ...upgrades,
    ]), settings.asked === 'absolute' ? { absoluteForm: true } : {});
  };
  const tunnelled = (settings: SquidSettings, behind: Behind, lines: readonly string[]) => inFront(
    `Squid ${version} CONNECT ${settings.sslBump ?? 'tunnel'}`, !behind.name.endsWith('listener'), behind, squidProxy({ ...settings, version }, behind.model), async (place, to) => {
      fs.chmodSync(place.key, 0o644);
      await done(CERTGEN, '-c', '-s', `${place.folder}/certificates`, '-M', '4MB');
      await done('chmod', '-R', '777', `${place.folder}/certificates`);
      const bump = `ssl-bump tls-cert=${place.cert} tls-key=${place.key} generate-host-certificates=on dynamic_cert_mem_cache_size=4MB`;
      const running = await start(place, [
        `http_port 127.0.0.1:${place.port}${settings.sslBump ? ` ${bump}` : ''}`, `sslcrtd_program ${CERTGEN} -s ${place.folder}/certificates -M 4MB`, 'sslproxy_cert_error allow all', 'tls_outgoing_options flags=DONT_VERIFY_PEER', ...lines,
      ]);
      return { ...running, tunnelTo: to };
    });
  const { upgrades, h2c, https, h2, both } = backends();
  return [
    plain({ asked: 'absolute' }, upgrades), plain({ asked: 'absolute' }, h2c), plain({ asked: 'absolute', upgrades: ['websocket'] }, upgrades),
    plain({ asked: 'reverse' }, upgrades), plain({ asked: 'reverse' }, NOTHING),
    tunnelled({ asked: 'CONNECT' }, upgrades, []),
    tunnelled({ asked: 'CONNECT', sslBump: 'bump' }, https, ['ssl_bump bump all']), tunnelled({ asked: 'CONNECT', sslBump: 'bump' }, h2, ['ssl_bump bump all']),
    tunnelled({ asked: 'CONNECT', sslBump: 'stare and bump' }, https, ['ssl_bump stare all', 'ssl_bump bump all']),
    tunnelled({ asked: 'CONNECT', sslBump: 'peek and splice' }, both, ['acl step1 at_step SslBump1', 'ssl_bump peek step1', 'ssl_bump splice all']),
  ];
}

export function cacheServers(): LabServer[] {
  return [...varnishProxies(), ...squidProxies()];
}
