import { Rule } from '../rule';

export const HTTP1_CLIENT_AT_HTTP2_TARGET_GROUP: Rule = {
  id: 'Http1ClientAtHttp2TargetGroup',
  says: 'HTTP/1.x requests reach a target group that takes only HTTP/2',
  hits: 'Every HTTP/1.1 caller: Python requests, Node https, uptime monitors, older SDKs, and every proxy in front that speaks HTTP/1.1 to its origin (CloudFront, API Gateway). They get 464 with an empty body.',
  why: 'ProtocolVersion HTTP2 does not mean "HTTP/2 to the target" but "HTTP/2 end to end". The ALB turns HTTP/2 into HTTP/1.1, never HTTP/1.1 into HTTP/2.',
  fix: {
    cdk: 'use protocolVersion: ApplicationProtocolVersion.HTTP1 on the target group; HTTP/2 clients are served by it as well',
    cloudFormation: 'set ProtocolVersion: HTTP1 (or leave it out); CloudFormation replaces the group',
    ts: 'new elbv2.ApplicationTargetGroup(this, \'Web\', { vpc, port: 8080, protocol: elbv2.ApplicationProtocol.HTTP, protocolVersion: elbv2.ApplicationProtocolVersion.HTTP1 });',
    yaml: 'ProtocolVersion: HTTP1',
  },
  sources: [
    { what: 'ALB guide, "Target group protocol version"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version', confidence: 'documented' },
    { what: 'ALB guide, "HTTP 464"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html', confidence: 'documented' },
    { what: 'TwiN/gatus#488', url: 'https://github.com/TwiN/gatus/issues/488', confidence: 'reported' },
    { what: 'Cloud-Foundations/keymaster#185', url: 'https://github.com/Cloud-Foundations/keymaster/issues/185', confidence: 'reported' },
  ],
};
