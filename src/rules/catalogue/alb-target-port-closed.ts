import { Rule } from '../rule';

export const ALB_TARGET_PORT_CLOSED: Rule = {
  id: 'AlbTargetPortClosed',
  says: 'A network load balancer forwards to a port on which its Application Load Balancer has no listener',
  hits: 'Nobody: the target cannot be registered and the deployment fails.',
  why: 'The port of the target group must be the port of a listener of the Application Load Balancer.',
  fix: {
    cdk: 'use AlbListenerTarget, which takes the port from the ALB\'s listener',
    cloudFormation: 'set Port of the target group (and of the target) to that of one of the ALB\'s listeners',
    yaml: 'TargetType: alb\nProtocol: TCP\nPort: 443',
  },
  sources: [
    { what: 'NLB guide, "Use an Application Load Balancer as a target"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html', confidence: 'documented' },
  ],
};
