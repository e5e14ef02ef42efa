import { Rule } from '../rule';

export const INTEGRATION_SCHEME_MISMATCH: Rule = {
  id: 'IntegrationSchemeMismatch',
  says: 'An integration and the listener behind it disagree about TLS',
  hits: 'Every caller of the route. Plain HTTP at an HTTPS listener of an ALB: 400 "The plain HTTP request was sent to HTTPS port". TLS at an HTTP listener: 500.',
  why: 'A private integration of an HTTP API is plain HTTP unless it has a TlsConfig, whatever port the listener has. A REST API takes the scheme from the Uri.',
  fix: {
    cdk: 'for HTTP APIs, set secureServerName on HttpAlbIntegration or HttpNlbIntegration for HTTPS listeners only; for REST APIs, make the Uri https or http like the listener',
    cloudFormation: 'give the integration a TlsConfig with ServerNameToVerify for an HTTPS or TLS listener, and none for HTTP and TCP; for AWS::ApiGateway::Method, use the listener\'s scheme in Uri',
    ts: 'new HttpAlbIntegration(\'Orders\', listener, { secureServerName: \'orders.internal.example.com\' });',
    yaml: 'TlsConfig:\n  ServerNameToVerify: orders.internal.example.com',
  },
  sources: [
    { what: 'API Gateway guide, "Private integrations for HTTP APIs"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html', confidence: 'documented' },
    { what: 'AWS re:Post, "Resolve errors for API Gateway private integrations"', url: 'https://repost.aws/knowledge-center/api-gateway-private-integration-errors', confidence: 'documented' },
    { what: 'hashicorp/terraform-provider-aws#14015', url: 'https://github.com/hashicorp/terraform-provider-aws/issues/14015', confidence: 'reported' },
    { what: 'aws/aws-cdk#15469', url: 'https://github.com/aws/aws-cdk/issues/15469', confidence: 'reported' },
  ],
};
