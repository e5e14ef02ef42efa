import { Rule } from '../rule';

export const GRPC_NEEDS_HTTPS_ORIGIN: Rule = {
  id: 'GrpcNeedsHttpsOrigin',
  says: 'gRPC goes to an origin over cleartext HTTP',
  hits: 'Every gRPC client: the call fails (the exact status is not documented; 502 is assumed).',
  why: 'CloudFront passes gRPC on over HTTPS only, because it needs HTTP/2 end to end.',
  fix: {
    cdk: 'set protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY on the origin',
    cloudFormation: 'set OriginProtocolPolicy: https-only on the origin',
    ts: 'new origins.HttpOrigin(\'origin.example.com\', { protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY });',
    yaml: 'OriginProtocolPolicy: https-only',
  },
  sources: [
    { what: 'CloudFront guide, "Use gRPC with CloudFront distributions"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-using-grpc.html', confidence: 'documented' },
  ],
};
