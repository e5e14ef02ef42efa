import { Rule } from '../rule';

export const PLAIN_HTTP_AT_GRPC_TARGET_GROUP: Rule = {
  id: 'PlainHttpAtGrpcTargetGroup',
  says: 'Ordinary HTTP requests reach a target group that takes only gRPC',
  hits: 'Browsers, monitors and CORS preflights: anything but a gRPC call gets 464.',
  why: 'A GRPC target group takes POST over HTTP/2; the ALB answers 464 to HTTP/1.x and to GET, HEAD and OPTIONS.',
  fix: {
    cdk: 'make the HTTP1 target group the default and add a rule with ListenerCondition.httpHeader(\'content-type\', [\'application/grpc*\']) for the gRPC one',
    cloudFormation: 'let the HTTP1 group be the default action and send only http-header content-type application/grpc* to the GRPC group',
    ts: 'listener.addTargetGroups(\'Rpc\', { priority: 10, conditions: [elbv2.ListenerCondition.httpHeader(\'content-type\', [\'application/grpc*\'])], targetGroups: [grpcGroup] });',
    yaml: 'Conditions:\n  - Field: http-header\n    HttpHeaderConfig: { HttpHeaderName: content-type, Values: [\'application/grpc*\'] }',
  },
  sources: [
    { what: 'ALB guide, "Target group protocol version"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version', confidence: 'documented' },
    { what: 'ALB guide, "HTTP 464"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html', confidence: 'documented' },
    { what: 'kubernetes-sigs/aws-load-balancer-controller#3133', url: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3133', confidence: 'reported' },
    { what: 'argoproj/argo-helm#3550', url: 'https://github.com/argoproj/argo-helm/issues/3550', confidence: 'reported' },
  ],
};
