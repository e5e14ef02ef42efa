import { Rule } from '../rule';

export const HOP_WITHOUT_WEB_SOCKET: Rule = {
  id: 'HopWithoutWebSocket',
  says: 'A WebSocket path leads through a hop that cannot upgrade',
  hits: 'Every WebSocket client on that path. A server behind it sees a plain GET and answers 426 or 400.',
  why: 'REST and HTTP APIs and the HTTP listeners of classic load balancers drop the Upgrade header; VPC Lattice, App Runner, buckets and function URLs know no WebSocket.',
  fix: {
    cdk: 'lead the path to a load balancer or to a WebSocket API',
    cloudFormation: 'lead the path to a load balancer or to an API with ProtocolType WEBSOCKET',
  },
  sources: [
    { what: 'API Gateway guide, "Known issues": Upgrade is dropped', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html', confidence: 'documented' },
    { what: 'Kong/kong#2525', url: 'https://github.com/Kong/kong/issues/2525', confidence: 'reported' },
    { what: 'That HTTP APIs drop it as well', confidence: 'inferred' },
    { what: 'VPC Lattice guide, "Listeners": WebSockets are not supported', url: 'https://docs.aws.amazon.com/vpc-lattice/latest/ug/listeners.html', confidence: 'documented' },
    { what: 'aws/apprunner-roadmap#13', url: 'https://github.com/aws/apprunner-roadmap/issues/13', confidence: 'reported' },
    { what: 'istio/istio#11579, kubernetes/ingress-nginx#3746 (classic load balancer: TCP and SSL listeners only)', url: 'https://github.com/istio/istio/issues/11579', confidence: 'reported' },
  ],
};
