import { Rule } from '../rule';

export const CLEARTEXT_LISTENER_TO_HTTP2_TARGET_GROUP: Rule = {
  id: 'CleartextListenerToHttp2TargetGroup',
  says: 'An HTTP listener forwards to an HTTP2 or GRPC target group',
  hits: 'Nobody: the deployment is refused and the stack rolls back.',
  why: 'HTTP/2 from clients is accepted on HTTPS listeners only, so the pair can never work and Elastic Load Balancing refuses it.',
  fix: {
    cdk: 'give the listener certificates (protocol HTTPS), or use ApplicationProtocolVersion.HTTP1',
    cloudFormation: 'set Protocol: HTTPS with Certificates on the listener, or ProtocolVersion: HTTP1 on the target group',
    ts: 'alb.addListener(\'Https\', { port: 443, certificates: [certificate], defaultTargetGroups: [group] });',
    yaml: 'Protocol: HTTPS\nPort: 443\nCertificates:\n  - CertificateArn: !Ref CertificateArn',
  },
  sources: [
    { what: 'aws/copilot-cli#4551', url: 'https://github.com/aws/copilot-cli/issues/4551', confidence: 'reported' },
    { what: 'kubernetes-sigs/aws-load-balancer-controller#4497', url: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4497', confidence: 'reported' },
  ],
};
