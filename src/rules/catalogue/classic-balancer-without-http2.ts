import { Rule } from '../rule';

export const CLASSIC_BALANCER_WITHOUT_HTTP2: Rule = {
  id: 'ClassicBalancerWithoutHttp2',
  says: 'gRPC leads through a Classic Load Balancer',
  hits: 'gRPC clients: no h2 is selected in ALPN, and HTTP listeners speak HTTP/1.1 only.',
  why: 'HTTP/2 came with Application Load Balancers; classic ones end TLS without ALPN and know HTTP/1.1. Only a TCP listener passes gRPC on as it is.',
  fix: {
    cdk: 'use an Application Load Balancer with a GRPC target group',
    cloudFormation: 'use an Application Load Balancer with ProtocolVersion: GRPC, or a TCP listener',
  },
  sources: [
    { what: 'Elastic Load Balancing features, comparison (HTTP/2 and gRPC: Application Load Balancer)', url: 'https://aws.amazon.com/elasticloadbalancing/features/', confidence: 'documented' },
    { what: 'That classic SSL listeners select nothing by ALPN', confidence: 'inferred' },
  ],
};
