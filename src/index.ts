// The public API, nothing else.

export * from './declare/protocol';
export * from './declare/protocols';
export * from './declare/server';
export * from './pack/client';
export * from './pack/handshake-aspect';
export * from './pack/handshake-checks';
export * from './pack/handshake-checks-props';
