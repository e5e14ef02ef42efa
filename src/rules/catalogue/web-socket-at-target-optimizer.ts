import { Rule } from '../rule';

export const WEB_SOCKET_AT_TARGET_OPTIMIZER: Rule = {
  id: 'WebSocketAtTargetOptimizer',
  says: 'A WebSocket handshake reaches a target group with target optimizer',
  hits: 'Every WebSocket client on that path: the handshake fails.',
  why: 'With TargetControlPort set, the target group hands out requests through an agent and takes no WebSocket.',
  fix: {
    cdk: 'use a target group without targetControlPort for the WebSocket path',
    cloudFormation: 'remove TargetControlPort from the target group of the WebSocket path',
    ts: 'new elbv2.ApplicationTargetGroup(this, \'Sockets\', { vpc, port: 8080, protocol: elbv2.ApplicationProtocol.HTTP });',
    yaml: '# no TargetControlPort',
  },
  sources: [
    { what: 'ALB guide, "Listeners": target optimizer', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html', confidence: 'documented' },
  ],
};
