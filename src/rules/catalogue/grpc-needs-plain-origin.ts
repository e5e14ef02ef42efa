import { Rule } from '../rule';

export const GRPC_NEEDS_PLAIN_ORIGIN: Rule = {
  id: 'GrpcNeedsPlainOrigin',
  says: 'gRPC is combined with a feature that it does not go through',
  hits: 'Every gRPC client on that path.',
  why: 'gRPC does not go together with VPC origins, origin failover, Origin Shield, origin mTLS and Lambda@Edge.',
  fix: {
    cdk: 'use a public HTTPS origin without these features for the gRPC path',
    cloudFormation: 'use a public HTTPS origin without these features for the gRPC path',
  },
  atMost: 'warning',
  sources: [
    { what: 'CloudFront guide, "Use gRPC with CloudFront distributions"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-using-grpc.html', confidence: 'documented' },
    { what: 'CloudFront guide, "Restrict access with VPC origins"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html', confidence: 'documented' },
  ],
};
