import { Rule } from '../rule';

export const HOP_IN_FRONT_DROPS_UPGRADE: Rule = {
  id: 'HopInFrontDropsUpgrade',
  says: 'A hop in front drops the WebSocket handshake',
  hits: 'WebSocket clients behind it: the server sees a plain GET and answers 426, 400 or a page.',
  why: 'Squid drops Upgrade unless http_upgrade_request_protocols allows it; other proxies that inspect TLS often do. Azure Front Door does not pass Upgrade on where the route caches.',
  fix: {
    cdk: 'let the proxy pass WebSocket on, leave the name out of its inspection, or fall back to polling; what is declared with Protocols.of(edge).behind(…) has to say so',
    cloudFormation: 'let the proxy pass WebSocket on, leave the name out of its inspection, or fall back to polling; what is declared in Metadata cdk-handshake behind has to say so',
    yaml: 'Metadata:\n  cdk-handshake:\n    behind:\n      - { hop: squid, settings: { dropsUpgrade: false } }',
  },
  sources: [
    { what: 'test/lab: Squid 5.7 to 7.7 with ssl-bump', confidence: 'lab' },
    { what: 'Squid documentation, http_upgrade_request_protocols', url: 'http://www.squid-cache.org/Doc/config/http_upgrade_request_protocols/', confidence: 'documented' },
    { what: '"WebSocket on Azure Front Door"', url: 'https://learn.microsoft.com/en-us/azure/frontdoor/standard-premium/websocket', confidence: 'documented' },
  ],
};
