import { Rule } from '../rule';

export const ORIGIN_SCHEME_MISMATCH: Rule = {
  id: 'OriginSchemeMismatch',
  says: 'CloudFront speaks TLS to a cleartext listener, or the reverse',
  hits: 'Everybody on that path: 502, or 400 from the load balancer ("plain HTTP request was sent to HTTPS port").',
  why: 'The scheme follows from OriginProtocolPolicy, not from the port.',
  fix: {
    cdk: 'set protocolPolicy of the origin to what the listener speaks',
    cloudFormation: 'set OriginProtocolPolicy of the origin to what the listener speaks',
    ts: 'new origins.LoadBalancerV2Origin(alb, { protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY });',
    yaml: 'OriginProtocolPolicy: https-only',
  },
  sources: [
    { what: 'CloudFront guide, "HTTP 502 status code"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html', confidence: 'documented' },
  ],
};
