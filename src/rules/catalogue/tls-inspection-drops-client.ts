import { Rule } from '../rule';

export const TLS_INSPECTION_DROPS_CLIENT: Rule = {
  id: 'TlsInspectionDropsClient',
  says: 'TLS inspection of a network firewall drops a client',
  hits: 'Clients whose TLS ends at 1.0 and WebSocket clients over HTTP/2, where their traffic passes the firewall.',
  why: 'Network Firewall decrypts TLS 1.1 to 1.3, lets WebSocket over HTTP/1.1 through and drops it over HTTP/2. Traffic without SNI, or without TLS, in the scope is dropped too.',
  fix: {
    cdk: 'take the affected ports or addresses out of the scope of the inspection',
    cloudFormation: 'take the affected ports or addresses out of Scopes of the TLS inspection configuration',
  },
  atMost: 'warning',
  sources: [
    { what: 'Network Firewall guide, "Considerations when working with TLS inspection configurations"', url: 'https://docs.aws.amazon.com/network-firewall/latest/developerguide/tls-inspection-considerations.html', confidence: 'documented' },
  ],
};
