import { Rule } from '../rule';

export const HTTP2_ON_CLEARTEXT_LISTENER: Rule = {
  id: 'Http2OnCleartextListener',
  says: 'HTTP/2 without TLS meets an HTTP listener',
  hits: 'Callers that speak HTTP/2 with prior knowledge: 505.',
  why: 'An ALB takes HTTP/2 on HTTPS listeners only.',
  fix: {
    cdk: 'use an HTTPS listener',
    cloudFormation: 'set Protocol: HTTPS on the listener',
  },
  atMost: 'warning',
  sources: [
    { what: 'ELB guide, "How Elastic Load Balancing works"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html', confidence: 'documented' },
  ],
};
