import { Rule } from '../rule';

export const WEB_SOCKET_AT_HTTP2_TARGET_GROUP: Rule = {
  id: 'WebSocketAtHttp2TargetGroup',
  says: 'A WebSocket handshake reaches a target group that takes only HTTP/2 or gRPC',
  hits: 'Every WebSocket client, browsers included: the handshake gets 464.',
  why: 'A WebSocket handshake is an HTTP/1.1 upgrade (RFC 6455), which the ALB tunnels only to HTTP1 target groups.',
  fix: {
    cdk: 'use protocolVersion: ApplicationProtocolVersion.HTTP1 on the target group of the WebSocket path',
    cloudFormation: 'set ProtocolVersion: HTTP1 on the target group of the WebSocket path',
    ts: 'new elbv2.ApplicationTargetGroup(this, \'Sockets\', { vpc, port: 8080, protocol: elbv2.ApplicationProtocol.HTTP, protocolVersion: elbv2.ApplicationProtocolVersion.HTTP1 });',
    yaml: 'ProtocolVersion: HTTP1',
  },
  sources: [
    { what: 'ALB guide, "Target group protocol version"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version', confidence: 'documented' },
    { what: 'ALB guide, "Listeners": WebSockets', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html', confidence: 'documented' },
    { what: 'kubernetes-sigs/aws-load-balancer-controller#2917', url: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2917', confidence: 'reported' },
    { what: 'dotnet/aspnetcore#39736', url: 'https://github.com/dotnet/aspnetcore/issues/39736', confidence: 'reported' },
  ],
};
