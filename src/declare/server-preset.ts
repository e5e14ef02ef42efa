// The programs of Server.preset as jsii users write them: an enum over the ids of the presets (protocol/presets.ts).

/**
 * A server program as shipped. `docs/declarations.md` has a table of what each speaks and how that is known.
 */
export enum ServerPreset {
  /** Node.js http or https, with nothing beside it. */
  NODE_HTTP = 'node-http',
  /** Express, without WebSocket. */
  EXPRESS = 'express',
  /** Fastify, without WebSocket. */
  FASTIFY = 'fastify',
  /** Node.js http2 without TLS. */
  NODE_HTTP2_CLEARTEXT = 'node-http2-cleartext',
  /** Node.js http2 with TLS and without allowHTTP1. */
  NODE_HTTP2 = 'node-http2',
  /** Node.js http2 with TLS and allowHTTP1. */
  NODE_HTTP2_ALLOW_HTTP1 = 'node-http2-allow-http1',
  /** The ws package on a port of its own. */
  NODE_WS = 'node-ws',
  /** The ws package beside HTTP routes. */
  NODE_WS_WITH_HTTP = 'node-ws-with-http',
  /** Socket.IO. */
  SOCKET_IO = 'socket.io',
  /** A gRPC server without TLS. */
  GRPC = 'grpc',
  /** Tomcat without the HTTP/2 upgrade protocol; WebSocket where the application has it. */
  TOMCAT = 'tomcat',
  /** Tomcat with Http2Protocol on a connector without TLS; WebSocket where the application has it. */
  TOMCAT_HTTP2 = 'tomcat-http2',
  /** Spring Boot on the servlet stack; WebSocket where the application has it. */
  SPRING_BOOT = 'spring-boot',
  /** Gunicorn with its sync or gthread workers. */
  GUNICORN = 'gunicorn',
  /** Gunicorn with the Uvicorn worker; WebSocket where the application has it. */
  GUNICORN_UVICORN_WORKER = 'gunicorn-uvicorn-worker',
  /** uWSGI; WebSocket with http-socket, or with http-websockets on its router. */
  UWSGI = 'uwsgi',
  /** Uvicorn; WebSocket where the application has it. */
  UVICORN = 'uvicorn',
  /** Hypercorn without TLS; WebSocket where the application has it. */
  HYPERCORN = 'hypercorn',
  /** Daphne; WebSocket where the application has it. */
  DAPHNE = 'daphne',
  /** net/http of Go without TLS; WebSocket with a package, h2c with Protocols. */
  GO_HTTP = 'go-http',
  /** Apache httpd as shipped, serving content. */
  APACHE = 'apache',
  /** nginx as shipped, serving content. */
  NGINX = 'nginx',
  /** Caddy without TLS, serving content; h2c as well from 2.11. */
  CADDY = 'caddy',
  /** Envoy with its defaults: HTTP/1.0 gets 426, and upgrades are refused. */
  ENVOY = 'envoy',
}
