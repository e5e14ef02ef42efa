import { Rule } from '../rule';

export const MIXED_FIPS_POLICIES: Rule = {
  id: 'MixedFipsPolicies',
  says: 'FIPS and other TLS policies meet on one load balancer',
  hits: 'Nobody: the deployment is refused.',
  why: 'Secure listeners of one ALB must all have FIPS policies, or none.',
  fix: {
    cdk: 'use FIPS members of SslPolicy on all HTTPS listeners of the load balancer, or on none',
    cloudFormation: 'use FIPS policies on all HTTPS listeners of the load balancer, or on none',
    ts: 'sslPolicy: elbv2.SslPolicy.FIPS_TLS13_12',
    yaml: 'SslPolicy: ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04',
  },
  sources: [
    { what: 'ELB guide, "Security policies for your Application Load Balancer"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html', confidence: 'documented' },
  ],
};
