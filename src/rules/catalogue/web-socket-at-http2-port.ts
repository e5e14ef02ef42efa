import { Rule } from '../rule';

export const WEB_SOCKET_AT_HTTP2_PORT: Rule = {
  id: 'WebSocketAtHttp2Port',
  says: 'A WebSocket server stands behind a Service Connect port that speaks HTTP/2',
  hits: 'WebSocket clients of that port: the proxy refuses the handshake.',
  why: 'AppProtocol http2 or grpc makes the proxy speak HTTP/2 to the container, and a WebSocket handshake is HTTP/1.1. Reported for the same Envoy in App Mesh; no document speaks of Service Connect.',
  fix: {
    cdk: 'leave appProtocol out of the port mapping, so that the proxy passes bytes',
    cloudFormation: 'leave AppProtocol out of the port mapping, so that the proxy passes bytes',
    yaml: 'PortMappings:\n  - { Name: live, ContainerPort: 8080 }',
  },
  atMost: 'warning',
  sources: [
    { what: 'aws/aws-app-mesh-roadmap#465', url: 'https://github.com/aws/aws-app-mesh-roadmap/issues/465', confidence: 'reported' },
    { what: 'That Service Connect behaves alike', confidence: 'inferred' },
  ],
};
