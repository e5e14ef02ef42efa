// How a Node.js server was made, as far as its port shows it.
// Not here: which status the application answers with; a declaration says it, else 200 stands for "the application's own".

/** Settings of a Node.js port. Undefined means what a program without that line does. */
export interface NodeSettings {
  /** Version of Node.js: "20.20.2". Unknown: every age is tried. */
  readonly version?: string;
  readonly tls?: NodeTls;
  /** `http2`: http2.createServer or createSecureServer; else http or https. */
  readonly http2?: { readonly allowHttp1?: boolean; readonly enableConnectProtocol?: boolean; readonly connectListener?: boolean };
  readonly webSocket?: NodeWebSocket;
  /** http.createServer({ shouldUpgradeCallback }) lets through WebSocket only (Node 24.9). */
  readonly onlyWebSocketUpgrades?: boolean;
  readonly framework?: 'express' | 'fastify' | 'grpc-js';
  /** keepAliveTimeout in seconds; 5 unless said, 72 in Fastify. */
  readonly keepAliveSeconds?: number;
  /** Status of the application for an ordinary request. */
  readonly plainAnswer?: number;
}

export interface NodeTls {
  /** minVersion and maxVersion; 1.0 and 1.1 count only with a cipher string of security level 0. */
  readonly min?: '1.0' | '1.1' | '1.2' | '1.3';
  readonly max?: '1.0' | '1.1' | '1.2' | '1.3';
  /** No default certificate: SNICallback knows some names. */
  readonly needsServerName?: boolean;
  /** requestCert, and rejectUnauthorized is not off. */
  readonly requiresClientCertificate?: boolean;
}

/** Where WebSocket handshakes are taken. */
export type NodeWebSocket =
  /** new WebSocketServer({ port }): nothing else lives there. */
  | { readonly is: 'ws-alone' }
  /** new WebSocketServer({ server, path }). */
  | { readonly is: 'ws-on-server'; readonly path?: string }
  /** server.on('upgrade') by hand, which closes what is not for `path`, and ws with noServer behind it. */
  | { readonly is: 'upgrade-listener'; readonly path: string }
  | { readonly is: 'socket.io'; readonly path?: string };
