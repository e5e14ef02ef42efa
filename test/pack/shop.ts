// A public HTTPS load balancer in the fewest resources, and the one fault that the pack's tests plant in it.

import { CfnListener, CfnLoadBalancer, CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

/** The rule that finds `ProtocolVersion: HTTP2`, one error per target group. */
export const RULE = 'Http1ClientAtHttp2TargetGroup';

/** Load balancer, listener and target group; callers with HTTP/1.1 get 464 when the target group takes only HTTP/2. */
export class Shop extends Construct {
  public readonly listener: CfnListener;
  public readonly targetGroup: CfnTargetGroup;

  constructor(scope: Construct, id: string, protocolVersion: 'HTTP1' | 'HTTP2' = 'HTTP2') {
    super(scope, id);
    this.targetGroup = new CfnTargetGroup(this, 'Targets', { targetType: 'ip', vpcId: 'vpc-1', port: 8080, protocol: 'HTTP', protocolVersion });
    this.listener = frontend(this, this.targetGroup.ref);
  }
}

/** A load balancer that forwards everything to a target group. */
export function frontend(scope: Construct, targetGroupArn: string): CfnListener {
  const balancer = new CfnLoadBalancer(scope, 'Balancer', { type: 'application', scheme: 'internet-facing', subnets: ['subnet-1', 'subnet-2'] });
  return new CfnListener(scope, 'Listener', {
    loadBalancerArn: balancer.ref,
    port: 443,
    protocol: 'HTTPS',
    certificates: [{ certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-4000-8000-000000000000' }],
    sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    defaultActions: [{ type: 'forward', targetGroupArn }],
  });
}
