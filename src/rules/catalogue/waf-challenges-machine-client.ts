import { Rule } from '../rule';

export const WAF_CHALLENGES_MACHINE_CLIENT: Rule = {
  id: 'WafChallengesMachineClient',
  says: 'A web ACL asks callers that are no browsers for what only browsers can do',
  hits: 'WebSocket and gRPC clients: 405 (CAPTCHA), 202 (Challenge) or 403 (no User-Agent) instead of a handshake.',
  why: 'CAPTCHA and Challenge want a browser that runs a script and shows a page. NoUserAgent_HEADER of the common rule set blocks callers that send no User-Agent, as programs may do.',
  fix: {
    cdk: 'scope the rule down to the paths of pages, or override its action to count',
    cloudFormation: 'give the rule a ScopeDownStatement without the WebSocket and gRPC paths, or a RuleActionOverrides entry with Count',
    yaml: 'RuleActionOverrides:\n  - Name: NoUserAgent_HEADER\n    ActionToUse: { Count: {} }',
  },
  atMost: 'warning',
  sources: [
    { what: 'WAF guide, "CAPTCHA and Challenge"', url: 'https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge.html', confidence: 'documented' },
    { what: 'WAF guide, "Baseline rule groups": NoUserAgent_HEADER', url: 'https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html', confidence: 'documented' },
    { what: 'That a handshake cannot solve a challenge', confidence: 'inferred' },
  ],
};
