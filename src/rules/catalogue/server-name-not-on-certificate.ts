import { Rule } from '../rule';

export const SERVER_NAME_NOT_ON_CERTIFICATE: Rule = {
  id: 'ServerNameNotOnCertificate',
  says: 'An integration verifies a name that is not on the certificate of the listener',
  hits: 'Every caller of the route gets 500.',
  why: 'API Gateway connects with the given name (ServerNameToVerify, or the host of the URI) and checks the certificate against it.',
  fix: {
    cdk: 'set secureServerName to a name on the listener\'s certificate',
    cloudFormation: 'set TlsConfig.ServerNameToVerify to a name on the listener\'s certificate; use a name of your own, not the balancer\'s, in a URI',
    ts: 'new HttpAlbIntegration(\'Billing\', listener, { secureServerName: \'billing.internal.example.com\' });',
    yaml: 'TlsConfig:\n  ServerNameToVerify: billing.internal.example.com',
  },
  sources: [
    { what: 'API Gateway guide, "Private integrations for HTTP APIs"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html', confidence: 'documented' },
    { what: 'hashicorp/terraform-provider-aws#15768', url: 'https://github.com/hashicorp/terraform-provider-aws/issues/15768', confidence: 'reported' },
    { what: 'That a URI with a balancer\'s own name fails likewise', confidence: 'inferred' },
  ],
};
