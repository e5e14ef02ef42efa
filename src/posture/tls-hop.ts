/**
 * A place where AWS terminates or opens TLS, each with its own names for TLS policies.
 */
export enum TlsHop {
  /** HTTPS listener of an Application Load Balancer: `SslPolicy`. */
  APPLICATION_LOAD_BALANCER = 'application-load-balancer',
  /** TLS listener of a Network Load Balancer: `SslPolicy`. */
  NETWORK_LOAD_BALANCER = 'network-load-balancer',
  /** CloudFront toward viewers: `MinimumProtocolVersion`. */
  DISTRIBUTION = 'distribution',
  /** CloudFront toward a custom or VPC origin: `OriginSSLProtocols`. */
  ORIGIN = 'origin',
  /** Regional or private REST API and its domain name: `SecurityPolicy`. */
  REST_API = 'rest-api',
  /** Edge-optimized REST API and its domain name: `SecurityPolicy`. */
  EDGE_REST_API = 'edge-rest-api',
  /** HTTP API and its domain name: `SecurityPolicy`, which has one value. */
  HTTP_API = 'http-api',
  /** WebSocket API and its domain name: `SecurityPolicy`, which has one value. */
  WEB_SOCKET_API = 'web-socket-api',
  /** Custom domain name of AppSync, which has no setting. */
  APP_SYNC = 'app-sync',
}
