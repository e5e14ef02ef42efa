import { Rule } from '../rule';

export const UNKNOWN_ALPN_POLICY: Rule = {
  id: 'UnknownAlpnPolicy',
  says: 'The ALPN policy has a name that does not exist',
  hits: 'Nobody: the deployment fails with ALPNPolicyNotFound.',
  why: 'The names are None, HTTP1Only, HTTP2Only, HTTP2Optional and HTTP2Preferred; CloudFormation takes any text.',
  fix: {
    cdk: 'use a member of AlpnPolicy',
    cloudFormation: 'correct the name in AlpnPolicy',
    ts: 'alpnPolicy: elbv2.AlpnPolicy.HTTP2_PREFERRED',
    yaml: 'AlpnPolicy: [HTTP2Preferred]',
  },
  sources: [
    { what: 'NLB guide, "Listeners", ALPN policies', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html', confidence: 'documented' },
    { what: 'ELB API, CreateListener: ALPNPolicyNotFound', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html', confidence: 'documented' },
  ],
};
