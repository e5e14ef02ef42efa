import { Rule } from '../rule';

export const NO_CLIENT_CERTIFICATE_FOR_MUTUAL_TLS: Rule = {
  id: 'NoClientCertificateForMutualTls',
  says: 'A hop without client certificate meets a listener that verifies them',
  hits: 'Everybody who comes through that hop: the TLS handshake fails.',
  why: 'Mutual TLS in mode verify wants a certificate from whoever connects, and that is the hop in front, not the client.',
  fix: {
    cdk: 'use MutualAuthenticationMode.PASS_THROUGH, or have the hop present a certificate',
    cloudFormation: 'set MutualAuthentication.Mode: passthrough, or have the hop present a certificate',
  },
  sources: [
    { what: 'ALB guide, "Mutual TLS"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html', confidence: 'documented' },
  ],
};
