import { Rule } from '../rule';

export const RULE_NEVER_REACHED: Rule = {
  id: 'RuleNeverReached',
  says: 'A rule is shadowed by one with a lower priority number that does not fit its clients',
  hits: 'The clients that the rule is there for get what the earlier rule\'s target group answers them, usually 464.',
  why: 'The first rule whose conditions fit takes the request; later ones are not asked.',
  fix: {
    cdk: 'give the narrower rule the lower priority number',
    cloudFormation: 'give the narrower rule the lower Priority',
    ts: 'listener.addTargetGroups(\'Rpc\', { priority: 1, conditions: [elbv2.ListenerCondition.httpHeader(\'content-type\', [\'application/grpc*\'])], targetGroups: [grpcGroup] });',
    yaml: 'Priority: 1',
  },
  sources: [
    { what: 'ALB guide, "Listener rules"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html', confidence: 'documented' },
  ],
};
