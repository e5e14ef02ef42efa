import { Rule } from '../rule';

export const HOP_IN_FRONT_TLS_VERSIONS: Rule = {
  id: 'HopInFrontTlsVersions',
  says: 'A hop in front has no TLS version in common with a client',
  hits: 'Clients with that TLS range behind the hop: the TLS handshake fails.',
  why: 'A proxy that inspects TLS ends the connection itself, with its own range of versions, whatever the entry point behind it accepts.',
  fix: {
    cdk: 'widen the range of the proxy, leave the name out of its inspection, or stop serving that client; declare the range with Hop.corporateProxy({ tls: … })',
    cloudFormation: 'widen the range of the proxy, leave the name out of its inspection, or stop serving that client; declare the range in Metadata cdk-handshake behind',
  },
  sources: [
    { what: 'RFC 8446, section 4.2.1', url: 'https://www.rfc-editor.org/rfc/rfc8446#section-4.2.1', confidence: 'documented' },
    { what: 'test/lab: Squid with ssl-bump', confidence: 'lab' },
  ],
};
