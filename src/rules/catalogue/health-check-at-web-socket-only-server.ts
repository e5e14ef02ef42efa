import { Rule } from '../rule';

export const HEALTH_CHECK_AT_WEB_SOCKET_ONLY_SERVER: Rule = {
  id: 'HealthCheckAtWebSocketOnlyServer',
  says: 'The health check of a WebSocket-only server expects an ordinary answer',
  hits: 'Everybody, in the end: targets never become healthy and the service restarts its tasks over and over.',
  why: 'A health check is a plain GET. A server that speaks WebSocket only answers it with 426 (RFC 9110), which the matcher does not accept.',
  fix: {
    cdk: 'serve a plain health path and check that, or set healthCheck: { healthyHttpCodes: \'426\' }',
    cloudFormation: 'point HealthCheckPath to a plain health path, or set Matcher.HttpCode to the status that the server answers',
    ts: 'healthCheck: { path: \'/healthz\', healthyHttpCodes: \'200\' }',
    yaml: 'HealthCheckPath: /healthz\nMatcher: { HttpCode: \'200\' }',
  },
  sources: [
    { what: 'websockets/ws#1297', url: 'https://github.com/websockets/ws/issues/1297', confidence: 'reported' },
    { what: 'python-websockets/websockets#456', url: 'https://github.com/python-websockets/websockets/issues/456', confidence: 'reported' },
    { what: 'ALB guide, "Health checks"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html', confidence: 'documented' },
  ],
};
