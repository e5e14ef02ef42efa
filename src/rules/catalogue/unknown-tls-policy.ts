import { Rule } from '../rule';

export const UNKNOWN_TLS_POLICY: Rule = {
  id: 'UnknownTlsPolicy',
  says: 'The TLS policy has a name that does not exist',
  hits: 'Nobody: the deployment fails with SSLPolicyNotFound.',
  why: 'CDK and CloudFormation accept any text. The commonest slip is ELBSecurityPolicy-TLS-1-3-2021-06: TLS 1.3 policies are named TLS13-1-<floor>.',
  fix: {
    cdk: 'use a member of SslPolicy instead of a text',
    cloudFormation: 'correct the name in SslPolicy',
    ts: 'sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS',
    yaml: 'SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06',
  },
  sources: [
    { what: 'ELB guide, "Security policies for your Application Load Balancer"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html', confidence: 'documented' },
    { what: 'ELB API, SSLPolicyNotFound', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html', confidence: 'documented' },
  ],
};
