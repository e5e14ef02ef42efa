import { Rule } from '../rule';

export const HTTP2_SERVER_AT_HTTP1_TARGET_GROUP: Rule = {
  id: 'Http2ServerAtHttp1TargetGroup',
  says: 'A server that speaks only HTTP/2 gets HTTP/1.1',
  hits: 'Everybody: health checks fail and requests get 502.',
  why: 'A target group with ProtocolVersion HTTP1 (the default) sends HTTP/1.1 to its targets, whatever the client spoke.',
  fix: {
    cdk: 'use protocolVersion: ApplicationProtocolVersion.HTTP2 (HTTP/1.1 clients then need another way in), or let the server speak HTTP/1.1 as well',
    cloudFormation: 'set ProtocolVersion: HTTP2 on the target group, or let the server speak HTTP/1.1 as well',
    ts: 'protocolVersion: elbv2.ApplicationProtocolVersion.HTTP2',
    yaml: 'ProtocolVersion: HTTP2',
  },
  sources: [
    { what: 'ALB guide, "Target group protocol version"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version', confidence: 'documented' },
    { what: 'kubernetes-sigs/aws-load-balancer-controller#2694', url: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2694', confidence: 'reported' },
    { what: 'gravitee-io/issues#3105', url: 'https://github.com/gravitee-io/issues/issues/3105', confidence: 'reported' },
  ],
};
