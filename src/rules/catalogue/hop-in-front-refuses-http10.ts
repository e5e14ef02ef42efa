import { Rule } from '../rule';

export const HOP_IN_FRONT_REFUSES_HTTP10: Rule = {
  id: 'HopInFrontRefusesHttp10',
  says: 'A hop in front answers HTTP/1.0 with 426',
  hits: 'Callers that speak HTTP/1.0 (ApacheBench, old devices, nginx proxy_pass before 1.29.7): 426 Upgrade Required from an edge that AWS does not run.',
  why: 'The regional mode of the Google Cloud load balancer runs Envoy, and Apigee stands behind such an edge; neither takes HTTP/1.0. Google documents HTTP/1.0 for the global and classic modes only; the 426 is reported.',
  fix: {
    cdk: 'let the caller speak HTTP/1.1, or use the global mode: Hop.googleCloudLoadBalancer({ mode: GoogleCloudMode.GLOBAL })',
    cloudFormation: 'let the caller speak HTTP/1.1, or use the global mode of the Google Cloud load balancer',
  },
  sources: [
    { what: 'Google Cloud, "Load balancing features"', url: 'https://cloud.google.com/load-balancing/docs/features', confidence: 'documented' },
    { what: 'Google Cloud community, "Apigee X support for HTTP/1.0"', confidence: 'reported' },
  ],
};
