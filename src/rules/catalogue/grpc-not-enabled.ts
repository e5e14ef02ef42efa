import { Rule } from '../rule';

export const GRPC_NOT_ENABLED: Rule = {
  id: 'GrpcNotEnabled',
  says: 'A gRPC path leads through a behavior without gRPC',
  hits: 'Every gRPC client on that path.',
  why: 'Without GrpcConfig CloudFront sends the call to the origin as ordinary HTTP/1.1.',
  fix: {
    cdk: 'set enableGrpc: true with AllowedMethods.ALLOW_ALL on the behavior',
    cloudFormation: 'set GrpcConfig: { Enabled: true } and all allowed methods on the behavior',
    ts: 'distribution.addBehavior(\'/quotes.v1.Quotes/*\', origin, { enableGrpc: true, allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL });',
    yaml: 'GrpcConfig: { Enabled: true }\nAllowedMethods: [GET, HEAD, OPTIONS, PUT, PATCH, POST, DELETE]',
  },
  atMost: 'warning',
  sources: [
    { what: 'CloudFront guide, "Use gRPC with CloudFront distributions"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-using-grpc.html', confidence: 'documented' },
  ],
};
