import { Rule } from '../rule';

export const NO_CLEARTEXT_AT_API: Rule = {
  id: 'NoCleartextAtApi',
  says: 'A WebSocket client without TLS is to be served, and API Gateway has no cleartext port',
  hits: 'Clients that connect to ws://: the connection is refused.',
  why: 'WebSocket APIs take wss:// only; a CloudFront distribution in front can take ws://.',
  fix: {
    cdk: 'have clients use wss://, or put a distribution in front',
    cloudFormation: 'have clients use wss://, or put an AWS::CloudFront::Distribution with ViewerProtocolPolicy allow-all in front',
  },
  atMost: 'warning',
  sources: [
    { what: 'API Gateway guide, "Data protection"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/data-protection-encryption.html', confidence: 'documented' },
  ],
};
