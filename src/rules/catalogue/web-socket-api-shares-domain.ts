import { Rule } from '../rule';

export const WEB_SOCKET_API_SHARES_DOMAIN: Rule = {
  id: 'WebSocketApiSharesDomain',
  says: 'A WebSocket API shares a domain name with an HTTP or REST API',
  hits: 'Nobody: the mapping is refused at deployment.',
  why: 'A domain name leads either to WebSocket APIs or to HTTP and REST APIs.',
  fix: {
    cdk: 'give the WebSocket API a DomainName of its own',
    cloudFormation: 'map the WebSocket API to an AWS::ApiGatewayV2::DomainName of its own',
    yaml: 'WebSocketMapping:\n  Type: AWS::ApiGatewayV2::ApiMapping\n  Properties:\n    ApiId: !Ref WebSocketApi\n    DomainName: !Ref SocketsDomain\n    Stage: !Ref WebSocketStage',
  },
  sources: [
    { what: 'API Gateway guide, "Custom domain names for WebSocket APIs"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-custom-domain-names.html', confidence: 'documented' },
    { what: 'serverless/serverless#7459', url: 'https://github.com/serverless/serverless/issues/7459', confidence: 'reported' },
    { what: 'CodeGenieApp/serverless-express#596', url: 'https://github.com/CodeGenieApp/serverless-express/issues/596', confidence: 'reported' },
  ],
};
