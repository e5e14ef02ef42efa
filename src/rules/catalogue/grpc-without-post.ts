import { Rule } from '../rule';

export const GRPC_WITHOUT_POST: Rule = {
  id: 'GrpcWithoutPost',
  says: 'gRPC is enabled on a behavior that does not allow POST',
  hits: 'Nobody: the deployment is refused ("gRPC only supports the POST method").',
  why: 'Every gRPC call is a POST.',
  fix: {
    cdk: 'set allowedMethods: AllowedMethods.ALLOW_ALL on the behavior',
    cloudFormation: 'set AllowedMethods to all seven methods on the behavior',
    ts: 'distribution.addBehavior(\'/quotes.v1.Quotes/*\', origin, { enableGrpc: true, allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL });',
    yaml: 'AllowedMethods: [GET, HEAD, OPTIONS, PUT, PATCH, POST, DELETE]',
  },
  sources: [
    { what: 'CloudFront guide, "Use gRPC with CloudFront distributions"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-using-grpc.html', confidence: 'documented' },
    { what: 'aws/aws-cdk#32535', url: 'https://github.com/aws/aws-cdk/issues/32535', confidence: 'reported' },
  ],
};
