import { Rule } from '../rule';

export const HTTP10_AT_HTTP11_SERVER: Rule = {
  id: 'Http10AtHttp11Server',
  says: 'HTTP/1.0 requests reach a server that refuses them, through a load balancer that passes bytes',
  hits: 'HTTP/1.0 callers (old nginx proxy_pass, ApacheBench, old devices) get 426 Upgrade Required.',
  why: 'A TCP or TLS listener leaves HTTP alone, so an HTTP/1.0 request arrives as HTTP/1.0; Envoy, and with it Istio and Emissary, answers 426. An ALB or CloudFront in front would send HTTP/1.1.',
  fix: {
    cdk: 'put an Application Load Balancer in front of the server (or as the target of this one), or have the callers use HTTP/1.1',
    cloudFormation: 'put an Application Load Balancer in front of the server (TargetType: alb), have the callers use HTTP/1.1 (nginx: proxy_http_version 1.1), or accept HTTP/1.0 in the server (Envoy: accept_http_10)',
  },
  sources: [
    { what: 'istio/istio#23411', url: 'https://github.com/istio/istio/issues/23411', confidence: 'reported' },
    { what: 'envoyproxy/envoy#4891', url: 'https://github.com/envoyproxy/envoy/issues/4891', confidence: 'reported' },
    { what: 'Envoy, Http1ProtocolOptions.accept_http_10', url: 'https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/protocol.proto#config-core-v3-http1protocoloptions', confidence: 'documented' },
  ],
};
