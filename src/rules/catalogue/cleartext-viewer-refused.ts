import { Rule } from '../rule';

export const CLEARTEXT_VIEWER_REFUSED: Rule = {
  id: 'CleartextViewerRefused',
  says: 'A ws:// client meets a behavior that wants HTTPS',
  hits: 'WebSocket clients without TLS: 403 (https-only) or 301 (redirect-to-https), which a handshake does not follow.',
  why: 'The viewer protocol policy applies to ws:// and wss:// as it does to http:// and https://.',
  fix: {
    cdk: 'have clients use wss://, or set viewerProtocolPolicy: ViewerProtocolPolicy.ALLOW_ALL on that behavior',
    cloudFormation: 'have clients use wss://, or set ViewerProtocolPolicy: allow-all on that behavior',
    ts: 'distribution.addBehavior(\'/events/*\', origin, { viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.ALLOW_ALL });',
    yaml: 'ViewerProtocolPolicy: allow-all',
  },
  sources: [
    { what: 'CloudFront guide, "Use WebSockets with CloudFront distributions"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-working-with.websockets.html', confidence: 'documented' },
    { what: 'ministryofjustice/modernisation-platform-environments#13080', url: 'https://github.com/ministryofjustice/modernisation-platform-environments/issues/13080', confidence: 'reported' },
  ],
};
