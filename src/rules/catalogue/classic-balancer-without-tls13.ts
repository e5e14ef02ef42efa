import { Rule } from '../rule';

export const CLASSIC_BALANCER_WITHOUT_TLS13: Rule = {
  id: 'ClassicBalancerWithoutTls13',
  says: 'A Classic Load Balancer speaks no TLS 1.3',
  hits: 'Clients that speak TLS 1.3 only: the handshake fails.',
  why: 'All security policies of Classic Load Balancers, predefined or custom, end at TLS 1.2.',
  fix: {
    cdk: 'move to an Application or Network Load Balancer with SslPolicy.RECOMMENDED_TLS',
    cloudFormation: 'move to an Application or Network Load Balancer with ELBSecurityPolicy-TLS13-1-2-2021-06',
  },
  sources: [
    { what: 'Classic guide, "Predefined SSL security policies", protocols by policy', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-policy-table.html', confidence: 'documented' },
  ],
};
