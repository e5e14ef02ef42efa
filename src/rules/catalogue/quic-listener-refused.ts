import { Rule } from '../rule';

export const QUIC_LISTENER_REFUSED: Rule = {
  id: 'QuicListenerRefused',
  says: 'A QUIC listener stands where none is allowed',
  hits: 'Nobody: the deployment fails.',
  why: 'QUIC and TCP_QUIC listeners go without security groups, without dualstack, without UDP or a second QUIC listener beside them, and each target needs a QuicServerId. CDK gives new network load balancers a security group unless told otherwise.',
  fix: {
    cdk: 'use a plain IPv4 network load balancer with disableSecurityGroups: true and one TCP_QUIC listener',
    cloudFormation: 'use a network load balancer without SecurityGroups, with IpAddressType ipv4 and one TCP_QUIC listener, and give each target a QuicServerId',
    ts: 'disableSecurityGroups: true',
    yaml: 'IpAddressType: ipv4',
  },
  sources: [
    { what: 'NLB guide, "Create a listener"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-listener.html', confidence: 'documented' },
  ],
};
