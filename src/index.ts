// The public API, nothing else.

export * from './blueprints/handshake-blueprint';
export * from './blueprints/mixins/edge-logs-mixin';
export * from './blueprints/mixins/http2-mixin';
export * from './blueprints/mixins/idle-timeout-mixin';
export * from './blueprints/mixins/tls-policy-mixin';
export * from './blueprints/mixins/web-socket-headers-mixin';
export type { EdgeApiDomain, EdgeApiTrustStore } from './constructs/api-domain';
export * from './constructs/edge-distribution';
export * from './constructs/edge-http-api';
export * from './constructs/edge-load-balancer';
export * from './constructs/edge-network-load-balancer';
export * from './constructs/edge-origin';
export * from './constructs/edge-rest-api';
export * from './constructs/edge-service';
export * from './constructs/edge-targets';
export * from './constructs/edge-web-socket-api';
export type { EdgeHttpRouteOptions, EdgePrivateRouteOptions, EdgeWebSocketApiProps } from './constructs/edge-web-socket-api-props';
export * from './declare/client';
export * from './declare/protocol';
export * from './declare/protocols';
export * from './declare/server';
export * from './pack/handshake-aspect';
export * from './pack/handshake-checks';
export * from './pack/handshake-checks-props';
export * from './posture/tls-hop';
export * from './posture/tls-posture';
