import { Rule } from '../rule';

export const HTTP1_SERVER_AT_HTTP2_TARGET_GROUP: Rule = {
  id: 'Http1ServerAtHttp2TargetGroup',
  says: 'A server that speaks HTTP/1.1 gets HTTP/2',
  hits: 'Everybody: health checks fail and requests get 502.',
  why: 'A target group with ProtocolVersion HTTP2 or GRPC sends HTTP/2 to its targets: with Protocol HTTP in cleartext and with prior knowledge.',
  fix: {
    cdk: 'use protocolVersion: ApplicationProtocolVersion.HTTP1',
    cloudFormation: 'set ProtocolVersion: HTTP1 on the target group',
    ts: 'protocolVersion: elbv2.ApplicationProtocolVersion.HTTP1',
    yaml: 'ProtocolVersion: HTTP1',
  },
  sources: [
    { what: 'ALB guide, "Target group protocol version"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version', confidence: 'documented' },
    { what: 'kedacore/http-add-on#1396', url: 'https://github.com/kedacore/http-add-on/issues/1396', confidence: 'reported' },
    { what: 'mtrudel/bandit#392', url: 'https://github.com/mtrudel/bandit/issues/392', confidence: 'reported' },
  ],
};
