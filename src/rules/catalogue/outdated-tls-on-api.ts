import { Rule } from '../rule';

export const OUTDATED_TLS_ON_API: Rule = {
  id: 'OutdatedTlsOnApi',
  says: 'The TLS policy of an API lets in TLS 1.0 or 1.1',
  hits: 'Nobody is turned away; callers with TLS versions that RFC 8996 forbids get in.',
  why: 'TLS_1_0 is a floor: it accepts TLS 1.0 to 1.3.',
  fix: {
    cdk: 'set securityPolicy: SecurityPolicy.TLS_1_2 or newer, or name the outdated clients as clients to serve',
    cloudFormation: 'set SecurityPolicy to TLS_1_2 or to a SecurityPolicy_ name with an EndpointAccessMode',
    yaml: 'SecurityPolicy: TLS_1_2',
    mixin: 'TlsPolicyMixin',
  },
  sources: [
    { what: 'API Gateway guide, "Security policies"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html', confidence: 'documented' },
    { what: 'RFC 8996, "Deprecating TLS 1.0 and TLS 1.1"', url: 'https://www.rfc-editor.org/rfc/rfc8996', confidence: 'documented' },
  ],
};
