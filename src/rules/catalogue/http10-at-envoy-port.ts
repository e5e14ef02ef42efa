import { Rule } from '../rule';

export const HTTP10_AT_ENVOY_PORT: Rule = {
  id: 'Http10AtEnvoyPort',
  says: 'A caller speaks HTTP/1.0 to a Service Connect port that reads HTTP',
  hits: 'The caller gets 426 Upgrade Required, typically nginx, whose proxy_pass spoke HTTP/1.0 by default until recently.',
  why: 'With an AppProtocol the Service Connect proxy (Envoy) reads HTTP, and Envoy refuses HTTP/1.0. Service Connect has no switch for it. Without AppProtocol it passes bytes. Load balancers of type network pass HTTP/1.0 on to that proxy as well.',
  fix: {
    cdk: 'have the caller use HTTP/1.1 (nginx: proxy_http_version 1.1), or leave appProtocol out of the port mapping',
    cloudFormation: 'have the caller use HTTP/1.1 (nginx: proxy_http_version 1.1), or leave AppProtocol out of the port mapping (it cannot be changed later: the service is replaced)',
    yaml: 'PortMappings:\n  - { Name: catalogue, ContainerPort: 8080 }',
  },
  sources: [
    { what: 'istio/istio#23411: Envoy answers 426 to HTTP/1.0', url: 'https://github.com/istio/istio/issues/23411', confidence: 'reported' },
    { what: 'envoyproxy/envoy#18608', url: 'https://github.com/envoyproxy/envoy/issues/18608', confidence: 'reported' },
    { what: 'ECS API reference, PortMapping: without appProtocol TCP is used', url: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html', confidence: 'documented' },
    { what: 'That Service Connect runs Envoy with this default', confidence: 'inferred' },
    { what: 'agentic-community/mcp-gateway-registry#1643: the same call, 502 now and then instead', url: 'https://github.com/agentic-community/mcp-gateway-registry/issues/1643', confidence: 'reported' },
  ],
};
