// The access log of an API stage in CloudWatch Logs: the one that is kept already, or else a new one with the fields of this package.
// Not here: the role with which REST and WebSocket APIs write, one for the account and region (cloudWatchRole of the API).
// Facts: api-access-log.ts; CloudWatch Logs guide "CloudWatch Logs Insights: supported logs and discovered fields" (fields of JSON).

import { Annotations, CfnResource, Fn } from 'aws-cdk-lib';
import { CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { CfnStage as CfnStageV2 } from 'aws-cdk-lib/aws-apigatewayv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ApiProduct } from './edge';
import { namedIn } from './named-in';
import { accessLogFormat, newAccessLogGroup } from '../constructs/api-access-log';
import { objectOf, propertiesOf } from '../constructs/rendered';

/** Without these a log does not tell who fails. */
const NEEDED = ['status', 'integrationStatus', 'userAgent'];

/** Switches the log on if it is missing; undefined where it goes to something that is no log group, or not known at synth. */
export function apiLogs(scope: Construct, product: ApiProduct, stage: CfnResource, given?: logs.ILogGroup): logs.ILogGroup | undefined {
  const written = propertiesOf(stage)?.[settingOf(product)];
  if (written !== undefined) {
    tellMissingFields(scope, stage, objectOf(written).Format, product);
    return existing(scope, stage, objectOf(written).DestinationArn) ?? given;
  }
  const group = given ?? newAccessLogGroup(scope);
  write(stage, product, group.logGroupArn, accessLogFormat(product).toString());
  return group;
}

/** As a property of the L1 where there is one, since other checks look there and not at overrides. */
function write(stage: CfnResource, product: ApiProduct, destinationArn: string, format: string): void {
  if (stage instanceof CfnStage) stage.accessLogSetting = { destinationArn, format };
  else if (stage instanceof CfnStageV2) stage.accessLogSettings = { destinationArn, format };
  else stage.addPropertyOverride(settingOf(product), { DestinationArn: destinationArn, Format: format });
}

function settingOf(product: ApiProduct): string {
  return product === 'rest' ? 'AccessLogSetting' : 'AccessLogSettings';
}

function existing(scope: Construct, stage: CfnResource, arn: unknown): logs.ILogGroup | undefined {
  const group = namedIn(arn, 'AWS::Logs::LogGroup', stage);
  if (group) return logs.LogGroup.fromLogGroupName(scope, 'AccessLog', group.ref);
  return typeof arn === 'string' && arn.includes(':log-group:') ? logs.LogGroup.fromLogGroupName(scope, 'AccessLog', Fn.select(6, Fn.split(':', arn))) : undefined;
}

/** A format of another make is kept, but a query finds nothing by a name that is not in it. */
function tellMissingFields(scope: Construct, stage: CfnResource, format: unknown, product: ApiProduct): void {
  if (typeof format !== 'string') return;
  const names = fieldNames(format);
  const missing = [...NEEDED, ...(product === 'websocket' ? ['eventType'] : [])].filter((name) => !names.includes(name));
  if (missing.length === 0) return;
  Annotations.of(scope).addWarningV2('cdk-handshake:accessLogFields',
    `The access log of '${stage.node.path}' has no field ${missing.map((name) => `"${name}"`).join(', ')}, by which metrics and queries find who fails. Add ${missing.length === 1 ? 'it' : 'them'} to its format, `
    + `which has to be JSON: ${accessLogFormat(product).toString()}`);
}

function fieldNames(format: string): string[] {
  try {
    return Object.keys(JSON.parse(format));
  } catch {
    return [];
  }
}
