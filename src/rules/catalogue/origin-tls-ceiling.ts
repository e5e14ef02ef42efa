import { Rule } from '../rule';

export const ORIGIN_TLS_CEILING: Rule = {
  id: 'OriginTlsCeiling',
  says: 'The origin accepts TLS 1.3 only and CloudFront may not offer it',
  hits: 'Everybody on that path, if CloudFront ends at TLS 1.2 toward this origin: 502.',
  why: 'AWS announced TLS 1.3 to origins in November 2025; the API and the cipher table end at TLS 1.2, and 502 were reported in 2026.',
  fix: {
    cdk: 'keep TLS 1.2 in the policy of whatever CloudFront connects to: SslPolicy.RECOMMENDED_TLS',
    cloudFormation: 'keep TLS 1.2 in the SslPolicy of the origin: ELBSecurityPolicy-TLS13-1-2-2021-06',
    ts: 'sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS',
    yaml: 'SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06',
  },
  atMost: 'warning',
  sources: [
    { what: 'CloudFront guide, "Supported protocols and ciphers between CloudFront and the origin"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-ciphers-cloudfront-to-origin.html', confidence: 'documented' },
    { what: 'AWS What\'s New, November 2025: TLS 1.3 to origins', confidence: 'reported' },
  ],
};
