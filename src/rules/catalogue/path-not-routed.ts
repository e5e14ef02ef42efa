import { Rule } from '../rule';

export const PATH_NOT_ROUTED: Rule = {
  id: 'PathNotRouted',
  says: 'No rule takes a path that is declared',
  hits: 'Clients on that path get the listener\'s fixed response, usually 404; a WebSocket library reports "invalid HTTP upgrade".',
  why: 'Rules are tried by priority; a path that none names ends at the default action.',
  fix: {
    cdk: 'add the path to ListenerCondition.pathPatterns of the rule',
    cloudFormation: 'add the path to the path-pattern condition of the rule',
    ts: 'conditions: [elbv2.ListenerCondition.pathPatterns([\'/api/*\', \'/stomp/*\'])]',
    yaml: 'Conditions:\n  - Field: path-pattern\n    PathPatternConfig: { Values: [/api/*, /stomp/*] }',
  },
  sources: [
    { what: 'kubernetes-sigs/aws-load-balancer-controller#2631', url: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2631', confidence: 'reported' },
    { what: 'daltoniam/Starscream#949', url: 'https://github.com/daltoniam/Starscream/issues/949', confidence: 'reported' },
  ],
};
