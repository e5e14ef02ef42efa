// App Runner services: HTTPS under a host name of their own, no WebSocket.
// Facts: aws/apprunner-roadmap#13 and #86 (no WebSocket: reported, and acknowledged by AWS); that its front is Envoy, which
// would answer 426 to HTTP/1.0: inferred, so unknown here. TLS 1.2 is what AWS requires of all callers (documented).

import { Endpoint, endpointDoor, endpointEntry } from './endpoint';
import { Network, System } from './hop';

export function appRunnerSystem({ templates }: Network): System {
  const endpoints = templates.all('AWS::AppRunner::Service').map((resource): Endpoint => ({
    resource,
    tls: ['1.2'],
    withoutWebSocket: { why: `${resource.id} is an App Runner service, whose front ends a request that asks for an upgrade (aws/apprunner-roadmap#13)`, certainty: 'certain' },
    http10: 'what App Runner answers to HTTP/1.0 is documented nowhere; its front is thought to be Envoy, which answers 426',
  }));
  return { entries: endpoints.map(endpointEntry), doors: endpoints.map(endpointDoor), errands: [] };
}
