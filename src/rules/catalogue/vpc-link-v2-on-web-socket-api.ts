import { Rule } from '../rule';

export const VPC_LINK_V2_ON_WEB_SOCKET_API: Rule = {
  id: 'VpcLinkV2OnWebSocketApi',
  says: 'A WebSocket API uses a VPC link of version 2',
  hits: 'Nobody: the deployment fails, or every call ends in 5xx.',
  why: 'VPC links of version 2 serve HTTP and REST APIs. WebSocket APIs reach private backends by a link of version 1 and a network load balancer.',
  fix: {
    cdk: 'use apigateway.VpcLink with a NetworkLoadBalancer',
    cloudFormation: 'set ConnectionId to an AWS::ApiGateway::VpcLink',
    yaml: 'VpcLink:\n  Type: AWS::ApiGateway::VpcLink\n  Properties:\n    Name: sockets\n    TargetArns: [!Ref NetworkLoadBalancer]',
  },
  sources: [
    { what: 'AWS whitepaper, "Best practices for designing API Gateway private APIs"', confidence: 'reported' },
    { what: 'terraform-aws-modules/terraform-aws-apigateway-v2#151', url: 'https://github.com/terraform-aws-modules/terraform-aws-apigateway-v2/issues/151', confidence: 'reported' },
  ],
};
