// Which cache behaviors are for WebSocket, and what they need: an origin request policy that passes Sec-WebSocket-* on, with or
// without the Host header, by what the origin is known as. Caching is left alone.
// Facts: CloudFront guide "Use WebSockets with CloudFront distributions" (forward Sec-WebSocket-Key and -Version), "Use managed
// origin request policies" (AllViewerExceptHostHeader for API Gateway and Lambda function URLs, which know only their own name).

import { Headers, MANAGED_ORIGIN_REQUEST_POLICIES } from '../systems/cloudfront/policies';
import { SOCKET_PATH } from '../systems/cloudfront/socket-path';
import { matches } from '../systems/pattern';

export const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';
export const ALL_VIEWER_EXCEPT_HOST_HEADER = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const HEADERS = ['sec-websocket-key', 'sec-websocket-version', 'sec-websocket-protocol', 'sec-websocket-extensions'];

/** Origins that answer only to their own name: API Gateway, function URLs, AppSync; as text or as a reference to one. */
const OWN_NAME = /execute-api|lambda-url|appsync|"(ApiEndpoint|FunctionUrl|GraphQLUrl|RealtimeUrl|GraphQLDns|RealtimeDns)"|\.(ApiEndpoint|FunctionUrl|GraphQLUrl|RealtimeUrl)\b/;

/** Whether WebSocket clients come to a path pattern: by custom, or because a route is declared to be for them. */
export function isSocketPath(pattern: string, declared: readonly string[] = []): boolean {
  return SOCKET_PATH.test(pattern) || declared.some((path) => path === pattern || matches(pattern, path));
}

/** The id of the policy that lets a handshake through to an origin. */
export function socketPolicy(originDomain: unknown): string {
  return OWN_NAME.test(JSON.stringify(originDomain) ?? '') ? ALL_VIEWER_EXCEPT_HOST_HEADER : ALL_VIEWER;
}

/** Whether a policy is known to drop a header of the handshake; policies of the user's own are not known here. */
export function dropsHandshake(policyId: string): boolean {
  const policies: Readonly<Record<string, Headers>> = MANAGED_ORIGIN_REQUEST_POLICIES;
  if (!Object.prototype.hasOwnProperty.call(policies, policyId)) return false;
  const { behavior, list } = policies[policyId];
  switch (behavior) {
    case 'all': return false;
    case 'none': return true;
    case 'list': return HEADERS.some((header) => !list.includes(header));
    case 'all-except': return HEADERS.some((header) => list.includes(header));
  }
}
