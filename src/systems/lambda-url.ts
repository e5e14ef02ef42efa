// Lambda function URLs: HTTPS under a host name of their own, one invocation per request, no WebSocket.
// Facts: Lambda guide "Function URLs" (documented); that no invocation can hold a WebSocket: inferred from request and
// response being one event each. TLS 1.2 is what AWS requires of all
// callers (documented); that 1.3 works everywhere is not said, so it stays unknown. HTTP/1.0: nowhere.

import { get } from '../template';
import { Endpoint, endpointDoor, endpointEntry } from './endpoint';
import { Network, System } from './hop';

export function lambdaUrlSystem({ templates }: Network): System {
  const endpoints = templates.all('AWS::Lambda::Url').map((resource): Endpoint => {
    const of = get(resource, 'TargetFunctionArn');
    return {
      resource,
      behind: of.kind === 'reference' ? of.resource : undefined,
      tls: ['1.2'],
      withoutWebSocket: { why: `${resource.id} is a Lambda function URL, which answers each request with one invocation and knows no WebSocket`, certainty: 'certain' },
      http10: 'what a function URL answers to HTTP/1.0 is documented nowhere',
    };
  });
  return { entries: endpoints.map(endpointEntry), doors: endpoints.map(endpointDoor), errands: [] };
}
