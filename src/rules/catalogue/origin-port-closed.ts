import { Rule } from '../rule';

export const ORIGIN_PORT_CLOSED: Rule = {
  id: 'OriginPortClosed',
  says: 'CloudFront connects to a port on which nothing listens',
  hits: 'Everybody on that path: 502 (sometimes shown as 504).',
  why: 'Scheme and port follow from OriginProtocolPolicy, HTTPPort and HTTPSPort; the load balancer listens elsewhere.',
  fix: {
    cdk: 'set protocolPolicy (and httpPort or httpsPort) of the origin to what the load balancer listens on',
    cloudFormation: 'set OriginProtocolPolicy and the port of the origin to what the load balancer listens on',
    ts: 'new origins.LoadBalancerV2Origin(alb, { protocolPolicy: cloudfront.OriginProtocolPolicy.HTTP_ONLY });',
    yaml: 'OriginProtocolPolicy: http-only',
  },
  sources: [
    { what: 'CloudFront guide, "HTTP 502 status code"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html', confidence: 'documented' },
    { what: 'anomalyco/sst#6742', url: 'https://github.com/anomalyco/sst/issues/6742', confidence: 'reported' },
    { what: 'wellcomecollection/wellcomecollection.org#608', url: 'https://github.com/wellcomecollection/wellcomecollection.org/issues/608', confidence: 'reported' },
  ],
};
