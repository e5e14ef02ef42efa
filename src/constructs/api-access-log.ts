// What an API writes about each request: who called (user agent), how (protocol, TLS version), what came of it (status) and what
// stands behind (status and error of the integration). A 426 of a backend and its caller are seen nowhere else.
// Not here: failed TLS handshakes and ALPN mismatches, which reach no log of API Gateway.
// Facts: API Gateway guide "Variables for access logging" (REST: tlsVersion, cipherSuite), "Customize HTTP API access logs",
// "Configure logging for WebSocket APIs". A variable that a product does not have is refused at deployment ("The following context
// variables are not supported", serverless/serverless#7038), so none stands here that is not documented for it. $context.protocol
// says HTTP/1.1 for HTTP/2 callers too. The role per account and region: anomalyco/sst#1556, aws/aws-cdk#33977.

import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat, CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, IConstruct } from 'constructs';
import { acknowledge } from './acknowledge';

const EVERY_API = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
  domainName: '$context.domainName',
  stage: '$context.stage',
  status: '$context.status',
  error: '$context.error.message',
  errorType: '$context.error.responseType',
  integrationStatus: '$context.integration.status',
  integrationError: '$context.integration.error',
};

const REQUESTS = {
  httpMethod: '$context.httpMethod',
  path: '$context.path',
  protocol: '$context.protocol',
  responseLength: '$context.responseLength',
};

/** Fields by product. HTTP and WebSocket APIs have no variable for the TLS version, WebSocket APIs none for the protocol. */
const FIELDS = {
  rest: { ...EVERY_API, ...REQUESTS, resourcePath: '$context.resourcePath', tlsVersion: '$context.tlsVersion', cipherSuite: '$context.cipherSuite' },
  http: { ...EVERY_API, ...REQUESTS, routeKey: '$context.routeKey' },
  websocket: { ...EVERY_API, eventType: '$context.eventType', routeKey: '$context.routeKey', connectionId: '$context.connectionId' },
} as const satisfies Record<string, Record<string, string>>;

/** One line of JSON. */
export function accessLogFormat(product: keyof typeof FIELDS): AccessLogFormat {
  return AccessLogFormat.custom(JSON.stringify(FIELDS[product]));
}

/** A log group that keeps access logs for a year, and when the stack goes. */
export function newAccessLogGroup(scope: Construct): logs.LogGroup {
  return new logs.LogGroup(scope, 'AccessLog', { retention: logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN });
}

/** What is said when access logs were switched off. */
export const NO_LOGS = { 'AwsSolutions-APIG1': 'Access logs were switched off with logs: false.' };

/** The role with which REST and WebSocket APIs write logs, one for the account and region; kept, because other APIs use it too. */
export function newAccountRole(scope: Construct): CfnAccount {
  const role = new iam.Role(scope, 'CloudWatchRole', {
    assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com'),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
  });
  role.applyRemovalPolicy(RemovalPolicy.RETAIN);
  acknowledgeAccountRole(role);
  const account = new CfnAccount(scope, 'Account', { cloudWatchRoleArn: role.roleArn });
  account.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return account;
}

const PUSH_TO_LOGS = 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]';

/** The managed policy on that role. */
export function acknowledgeAccountRole(role: IConstruct): void {
  acknowledge(role, { [PUSH_TO_LOGS]: 'One role serves all APIs of the account and region, and this is the policy that API Gateway documents for it.' });
}
