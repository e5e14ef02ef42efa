import { Rule } from '../rule';

export const API_TLS_FLOOR_ABOVE_CLIENT: Rule = {
  id: 'ApiTlsFloorAboveClient',
  says: 'The TLS policy of an API asks for a newer TLS version than a client speaks',
  hits: 'Clients whose TLS stack ends below the floor: the handshake fails. No status, no line in any access log.',
  why: 'TLS_1_2 and the SecurityPolicy_ names start at TLS 1.2 or 1.3. HTTP and WebSocket APIs have TLS 1.2 and 1.3, always; only REST APIs and their domains can go lower.',
  fix: {
    cdk: 'for a REST API, set securityPolicy: SecurityPolicy.TLS_1_0 on the DomainName (a floor, not a fixed version), or put another door in front for old clients',
    cloudFormation: 'set SecurityPolicy: TLS_1_0 on the AWS::ApiGateway::DomainName of a REST API, or choose a policy with TLS 1.2 where the floor is 1.3',
    ts: 'new apigateway.DomainName(this, \'Devices\', { domainName, certificate, endpointType: apigateway.EndpointType.REGIONAL, securityPolicy: apigateway.SecurityPolicy.TLS_1_0 });',
    yaml: 'SecurityPolicy: TLS_1_0',
    mixin: 'TlsPolicyMixin',
  },
  sources: [
    { what: 'API Gateway guide, "Security policies"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html', confidence: 'documented' },
    { what: 'API Gateway guide, "Choose a security policy for your REST API custom domain"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html', confidence: 'documented' },
    { what: 'aws/aws-cdk#13306', url: 'https://github.com/aws/aws-cdk/issues/13306', confidence: 'reported' },
  ],
};
