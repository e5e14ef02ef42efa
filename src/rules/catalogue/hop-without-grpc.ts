import { Rule } from '../rule';

export const HOP_WITHOUT_GRPC: Rule = {
  id: 'HopWithoutGrpc',
  says: 'A gRPC path leads through a REST or HTTP API',
  hits: 'Every gRPC client on that path.',
  why: 'API Gateway sends HTTP/1.1 to its integrations, and gRPC needs HTTP/2 and trailers all the way.',
  fix: {
    cdk: 'lead the path to an ALB with a gRPC target group',
    cloudFormation: 'lead the path to an AWS::ElasticLoadBalancingV2::LoadBalancer with a GRPC target group',
  },
  sources: [
    { what: 'API Gateway guide, "$context variables": HTTP/1.1', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html', confidence: 'documented' },
    { what: 'That gRPC therefore fails', confidence: 'inferred' },
  ],
};
