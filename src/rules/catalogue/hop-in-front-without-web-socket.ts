import { Rule } from '../rule';

export const HOP_IN_FRONT_WITHOUT_WEB_SOCKET: Rule = {
  id: 'HopInFrontWithoutWebSocket',
  says: 'A hop in front carries no WebSocket to what stands behind it',
  hits: 'WebSocket clients: 502 or 503 instead of 101.',
  why: 'With an HTTP/2 backend the Google Cloud load balancer has no WebSocket, and towards clients it has none over HTTP/2.',
  fix: {
    cdk: 'set the backend protocol to HTTP or HTTPS: Hop.googleCloudLoadBalancer({ backendProtocol: GoogleCloudBackendProtocol.HTTPS })',
    cloudFormation: 'set the backend protocol of the Google Cloud load balancer to HTTP or HTTPS',
  },
  sources: [
    { what: 'kubernetes/ingress-gce#855', url: 'https://github.com/kubernetes/ingress-gce/issues/855', confidence: 'reported' },
    { what: 'spellshift/realm#726', url: 'https://github.com/spellshift/realm/issues/726', confidence: 'reported' },
  ],
};
