import { Rule } from '../rule';

export const TLS_SETTINGS_ON_HTTP_LISTENER: Rule = {
  id: 'TlsSettingsOnHttpListener',
  says: 'An HTTP listener has a TLS policy',
  hits: 'Nobody: the deployment is refused.',
  why: 'SslPolicy belongs to HTTPS and TLS listeners. Often a condition switches the protocol and forgets the policy.',
  fix: {
    cdk: 'pass sslPolicy only together with certificates',
    cloudFormation: 'guard SslPolicy by the same condition as Protocol: !If [HasCertificate, <policy>, !Ref AWS::NoValue]',
    ts: 'alb.addListener(\'Http\', { port: 80, defaultTargetGroups: [group] });',
    yaml: 'SslPolicy: !If [HasCertificate, ELBSecurityPolicy-TLS13-1-2-2021-06, !Ref \'AWS::NoValue\']',
  },
  sources: [
    { what: 'guardian/cdk#2396', url: 'https://github.com/guardian/cdk/issues/2396', confidence: 'reported' },
  ],
};
