import { Rule } from '../rule';

export const NO_API_LOGS: Rule = {
  id: 'NoApiLogs',
  says: 'The access log of an API does not show which clients fail',
  hits: 'Nobody; but a 426 and who got it are seen in no metric.',
  why: 'API Gateway counts 4xx as one number. Status and user agent are in the access log only, and only if its format names them.',
  fix: {
    cdk: 'set accessLogDestination and accessLogFormat on the stage, with status and userAgent in it',
    cloudFormation: 'set AccessLogSetting (REST) or AccessLogSettings with a Format that has $context.status and $context.identity.userAgent',
    yaml: 'AccessLogSettings:\n  DestinationArn: !GetAtt AccessLogs.Arn\n  Format: \'{"status":"$context.status","userAgent":"$context.identity.userAgent","integration":"$context.integration.status","path":"$context.path"}\'',
    mixin: 'EdgeLogsMixin',
  },
  atMost: 'info',
  sources: [
    { what: 'API Gateway guide, "Customize HTTP API access logs"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html', confidence: 'documented' },
    { what: 'API Gateway guide, "$context variables for access logging"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html', confidence: 'documented' },
  ],
};
