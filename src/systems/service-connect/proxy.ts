// What the proxy of ECS Service Connect (Envoy, run by AWS) does to a request by the AppProtocol of the port. Without one it
// passes bytes. What no document says stays unknown.
// Facts: AppProtocol values and TCP when absent: ECS API reference (documented). 426 to HTTP/1.0: Envoy without
// accept_http_10 (source code; istio/istio#23411, envoyproxy/envoy#18608), carried over to Service Connect, which has no
// switch for it (inferred; one report, agentic-community/mcp-gateway-registry#1643, saw 502 now and then instead).
// WebSocket on http2 ports: aws/aws-app-mesh-roadmap#465 (the same Envoy in App Mesh; inferred).

import { HttpVersion, Kind } from '../../protocol';
import { Answer, cannotKnow, fail } from '../hop';
import { Walk } from '../walk';
import { ConnectPort } from './ports';

/** The answer of the proxy; undefined: it passes the request on. */
export function throughProxy(kind: Kind, version: HttpVersion, port: ConnectPort, walk: Walk): Answer | undefined {
  const protocol = walk.text(port.appProtocol, 'tcp', []);
  if (protocol === 'tcp') return undefined;
  if (protocol !== 'http' && protocol !== 'http2' && protocol !== 'grpc') return cannotKnow(`the AppProtocol of port ${port.name} is unknown`);
  const at = { resource: port.task, property: port.property };
  if (version === '1.0') {
    walk.through(port.task);
    return fail('426', {
      cause: 'Http10AtEnvoyPort',
      ...at,
      why: `port ${port.name} has AppProtocol ${protocol}, so the Service Connect proxy (Envoy) reads HTTP there and answers 426 to HTTP/1.0`,
    });
  }
  if (kind === 'websocket') {
    if (protocol === 'http') return cannotKnow('whether the Service Connect proxy upgrades WebSocket on a port with AppProtocol http is documented nowhere');
    walk.through(port.task);
    return webSocketAtHttp2(port, protocol);
  }
  if (protocol === 'http' ? version !== '2' : version === '2') return undefined;
  return cannotKnow(`what the Service Connect proxy does with HTTP/${version} on a port with AppProtocol ${protocol} is documented nowhere`);
}

export function webSocketAtHttp2(port: ConnectPort, protocol: string): Answer {
  return fail('ws-handshake-failure', {
    cause: 'WebSocketAtHttp2Port',
    resource: port.task,
    property: port.property,
    certainty: 'possible',
    why: `port ${port.name} has AppProtocol ${protocol}, which makes the Service Connect proxy speak HTTP/2 to the container; Envoy refused WebSocket there in App Mesh (503)`,
  });
}
