// What nginx sends on: in which version, with which of the headers of a handshake, over which TLS; and which directive is to blame.
// Upgrade is dropped unless proxy_set_header brings it back, whatever it asks for; grpc_pass and HTTP/2 upstream cannot carry it.
// ALPN is offered only where HTTP/2 is spoken, a server name only with proxy_ssl_server_name. Host is the name in proxy_pass.
// Facts: ngx_http_proxy_module and ngx_http_grpc_module manuals; seen with 1.22.1, 1.26.3, 1.30.6.

import { NginxRow } from './ages';
import { usable } from './listener';
import { pathOf } from './location';
import { NginxLocation, NginxPass, NginxUpstreamTls } from './settings';
import { Admitted } from '../program/admit';
import { Change, Hello, Knock, withChange } from '../program/knock';

export function sentUpstream(row: NginxRow, location: NginxLocation, pass: NginxPass, knock: Knock, admitted: Admitted): Knock {
  const version = pass.is === 'grpc_pass' ? '2' : versionOf(pass, row);
  const upgrade = version === '2' ? undefined : upgradeOf(pass, knock);
  const connection = version === '2' ? undefined : connectionOf(pass, row, knock);
  const { method, body, webSocketVersion, webSocketKey, changes } = knock;
  const sent: Knock = {
    over: pass.tls ? 'tls' : 'clear',
    version,
    method,
    path: pass.uri === undefined ? knock.path : `${pass.uri}${knock.path.slice(pathOf(location).length)}`,
    host: 'name',
    ...(upgrade ? { upgrade } : {}),
    ...(connection ? { connection } : {}),
    ...(webSocketVersion === undefined ? {} : { webSocketVersion }),
    ...(webSocketKey ? { webSocketKey } : {}),
    ...(body ? { body } : {}),
    ...(changes ? { changes } : {}),
    ...(pass.tls ? { hello: helloOf(pass.tls, version, row) } : {}),
  };
  return withChange(sent, ...changesOf(pass, knock, admitted, sent));
}

function versionOf({ httpVersion }: NginxPass, row: NginxRow): '1.0' | '1.1' | '2' {
  return httpVersion === undefined || httpVersion === 'unknown' ? row.upstream : httpVersion;
}

function upgradeOf({ upgrade }: NginxPass, knock: Knock): Knock['upgrade'] {
  switch (upgrade) {
    case '$http_upgrade': return knock.upgrade;
    case 'websocket': return 'websocket';
    case 'none':
    case 'unknown':
    case undefined: return undefined;
    default: return upgrade satisfies never;
  }
}

function connectionOf({ connection }: NginxPass, row: NginxRow, knock: Knock): Knock['connection'] {
  switch (connection) {
    case 'map': return knock.upgrade === undefined ? ['close'] : ['upgrade'];
    case 'map of websocket': return knock.upgrade === 'websocket' ? ['upgrade'] : ['close'];
    case '$http_connection': return knock.connection;
    case 'none': return undefined;
    case 'unknown':
    case undefined: return row.upstream === '1.0' ? ['close'] : undefined;
    case 'upgrade':
    case 'keep-alive':
    case 'close': return [connection];
    default: return connection satisfies never;
  }
}

function helloOf(tls: NginxUpstreamTls, version: Knock['version'], row: NginxRow): Hello {
  return {
    versions: usable(tls.protocols === undefined || tls.protocols === 'unknown' ? row.tls : tls.protocols, tls.securityLevel0),
    alpn: version === '2' ? ['h2'] : [],
    sni: tls.serverName === 'right' ? 'known' : tls.serverName === 'wrong' ? 'unknown' : 'none',
    ...(tls.certificate ? { certificate: true } : {}),
  };
}

function changesOf(pass: NginxPass, knock: Knock, admitted: Admitted, sent: Knock): Change[] {
  const grpc = pass.is === 'grpc_pass';
  const changes: (Change | false)[] = [
    knock.upgrade !== undefined && sent.upgrade === undefined
      && { by: 'nginx', does: 'drops Upgrade', setting: grpc ? 'grpc_pass' : sent.version === '2' ? 'proxy_http_version' : 'proxy_set_header Upgrade' },
    sent.upgrade !== undefined && !sent.connection?.includes('upgrade') && { by: 'nginx', does: 'drops handshake headers', setting: 'proxy_set_header Connection' },
    sent.version !== admitted.version && speaks(sent.version, grpc),
    sent.hello !== undefined && sent.hello.alpn.length === 0 && { by: 'nginx', does: 'offers no ALPN', setting: 'proxy_http_version' },
    sent.hello?.sni === 'none' && { by: 'nginx', does: 'sends no server name', setting: grpc ? 'grpc_ssl_server_name' : 'proxy_ssl_server_name' },
    sent.hello !== undefined && { by: 'nginx', does: 'changes TLS', setting: grpc ? 'grpc_ssl_protocols' : 'proxy_ssl_protocols' },
  ];
  const made = changes.filter((change): change is Change => change !== false);
  return made.map((change) => ({ ...change, setting: withLine(change.setting, pass) }));
}

/** The directive with the line that it stands on, or that of the pass that it is missing beside. */
function withLine(directive: string, { is, lines }: NginxPass): string {
  const own = lines?.[directive];
  if (own !== undefined) return `${directive}, ${own}`;
  return lines?.[is] === undefined ? directive : `no ${directive} beside ${is}, ${lines[is]}`;
}

function speaks(version: Knock['version'], grpc: boolean): Change | false {
  if (version !== '1.0' && version !== '1.1' && version !== '2') return false;
  return { by: 'nginx', does: `speaks HTTP/${version}`, setting: grpc ? 'grpc_pass' : 'proxy_http_version' };
}
