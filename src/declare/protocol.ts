// The words of a declaration as jsii users write them: an enum over the contract's words (protocol/server.ts).

/**
 * A protocol that a server speaks or a caller uses.
 */
export enum Protocol {
  /** HTTP/1.0. */
  HTTP_1_0 = 'http/1.0',
  /** HTTP/1.1. */
  HTTP_1_1 = 'http/1.1',
  /** HTTP/2 over TLS, agreed by ALPN. */
  H2 = 'h2',
  /** HTTP/2 in cleartext, without negotiation (prior knowledge). */
  H2C = 'h2c',
  /** WebSocket, opened by an HTTP/1.1 upgrade. */
  WEBSOCKET = 'websocket',
  /** gRPC, which runs on HTTP/2. */
  GRPC = 'grpc',
  /** The port expects TLS. */
  TLS = 'tls',
  /** Socket.IO (Engine.IO): HTTP long-polling, WebSocket, or first one and then the other. */
  SOCKET_IO = 'socket.io',
}

/**
 * How Socket.IO moves its messages.
 */
export enum SocketIoTransport {
  /** HTTP long-polling; needs session stickiness on a balancer with several targets. */
  POLLING = 'polling',
  /** WebSocket. */
  WEBSOCKET = 'websocket',
}
