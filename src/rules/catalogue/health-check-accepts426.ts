import { Rule } from '../rule';

export const HEALTH_CHECK_ACCEPTS426: Rule = {
  id: 'HealthCheckAccepts426',
  says: 'The health check takes 426 for healthy',
  hits: 'Nobody at first: a server that refuses everybody with 426 stays in service.',
  why: 'A matcher such as 200-499 was often widened to get a WebSocket-only server healthy; it also hides a server that is broken.',
  fix: {
    cdk: 'give the server a plain health path and set healthyHttpCodes: \'200\'',
    cloudFormation: 'give the server a plain health path and set Matcher.HttpCode: \'200\'',
    ts: 'healthCheck: { path: \'/healthz\', healthyHttpCodes: \'200\' }',
    yaml: 'HealthCheckPath: /healthz\nMatcher: { HttpCode: \'200\' }',
  },
  atMost: 'warning',
  sources: [
    { what: 'drachtio/drachtio-server#94', url: 'https://github.com/drachtio/drachtio-server/issues/94', confidence: 'reported' },
    { what: 'jina-ai/serve#4836', url: 'https://github.com/jina-ai/serve/issues/4836', confidence: 'reported' },
  ],
};
