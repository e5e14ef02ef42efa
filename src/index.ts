// The public API, nothing else.

export * from './constructs/edge-load-balancer';
export * from './constructs/edge-network-load-balancer';
export * from './constructs/edge-targets';
export * from './declare/client';
export * from './declare/protocol';
export * from './declare/protocols';
export * from './declare/server';
export * from './pack/handshake-aspect';
export * from './pack/handshake-checks';
export * from './pack/handshake-checks-props';
export * from './posture/tls-hop';
export * from './posture/tls-posture';
