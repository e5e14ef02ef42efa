import { Rule } from '../rule';

export const MIXED_PROTOCOL_VERSIONS: Rule = {
  id: 'MixedProtocolVersions',
  says: 'One forward action mixes target groups of different protocol versions',
  hits: 'Clients that fit one group and not the other get 464 now and then, by weight.',
  why: 'The group is chosen by weight, before its protocol version matters. Whether the API refuses such a mix is not documented.',
  fix: {
    cdk: 'give all target groups of the action the same protocolVersion, or use two rules',
    cloudFormation: 'give all target groups of the action the same ProtocolVersion, or use two rules',
  },
  atMost: 'warning',
  sources: [
    { what: 'ALB guide, "Target group protocol version"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version', confidence: 'documented' },
    { what: 'Combination inferred from the documented parts', confidence: 'inferred' },
  ],
};
