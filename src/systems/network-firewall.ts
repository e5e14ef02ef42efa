// AWS Network Firewall with TLS inspection: which clients it drops. Which paths lead through it is a matter of route tables,
// which no path shows, so this is a remark on the configuration, only about clients that somebody names, and never an error.
// Facts: Network Firewall guide "Considerations when working with TLS inspection configurations" (documented): TLS 1.1 to 1.3
// from clients, SNI required, WebSocket over HTTP/2 dropped, traffic without TLS in the scope dropped, QUIC not inspected.

import { Client, CLIENTS, ClientId, Outcome } from '../protocol';
import { get, items, pick, Resource } from '../template';
import { Errand, fail, Network, SERVED, System } from './hop';

const ACCEPTED: Client['tls'] = ['1.1', '1.2', '1.3'];

export function networkFirewallSystem({ templates }: Network): System {
  return { entries: [], errands: templates.all('AWS::NetworkFirewall::TLSInspectionConfiguration').map(errand) };
}

function errand(resource: Resource): Errand {
  return {
    kind: 'advice',
    resource,
    go: (walk, named = []) => {
      walk.through(resource);
      const inbound = items(get(resource, 'TLSInspectionConfiguration', 'ServerCertificateConfigurations')).some(({ value }) => pick(value, 'ServerCertificates').kind !== 'absent');
      const hit = inbound ? named.find((id) => dropped(id) !== undefined) : undefined;
      const found = hit && dropped(hit);
      if (!hit || !found) return SERVED;
      return fail(found.outcome, {
        cause: 'TlsInspectionDropsClient',
        resource,
        property: 'Properties.TLSInspectionConfiguration',
        client: hit,
        certainty: 'possible',
        why: `where their traffic passes the firewall: ${found.why}`,
      });
    },
  };
}

function dropped(id: ClientId): { outcome: Outcome; why: string } | undefined {
  const client = CLIENTS[id];
  if (client.kind === 'websocket' && client.versions[0] === '2') return { outcome: 'ws-handshake-failure', why: 'it drops WebSocket over HTTP/2' };
  if (client.tls.length > 0 && !client.tls.some((version) => ACCEPTED.includes(version))) return { outcome: 'tls-handshake-failure', why: `it accepts TLS 1.1 to 1.3, and the client ends at ${client.tls[client.tls.length - 1]}` };
  return undefined;
}
