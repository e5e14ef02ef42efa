import { Rule } from '../rule';

export const ALB_TARGET_NEEDS_TCP: Rule = {
  id: 'AlbTargetNeedsTcp',
  says: 'A network load balancer forwards to an Application Load Balancer by something other than TCP',
  hits: 'Nobody: the deployment fails ("Listener protocol \'TLS\' is not supported with a target group with the target-type \'ALB\'").',
  why: 'A target group of type alb is TCP and takes TCP listeners only; TLS ends at the Application Load Balancer.',
  fix: {
    cdk: 'set protocol: Protocol.TCP on the listener and the target group, and keep the certificate on the ALB',
    cloudFormation: 'set Protocol: TCP on the listener and the target group, and keep the certificate on the ALB',
    ts: 'nlb.addListener(\'Tcp\', { port: 443, protocol: elbv2.Protocol.TCP });',
    yaml: 'Protocol: TCP\nPort: 443',
  },
  sources: [
    { what: 'NLB guide, "Use an Application Load Balancer as a target"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html', confidence: 'documented' },
  ],
};
