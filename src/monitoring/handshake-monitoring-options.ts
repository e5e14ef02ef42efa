// What can be said about a monitoring, and what is refused. Not here: what is made of it (handshake-monitoring.ts).

import { Duration } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';

/**
 * How an edge is monitored.
 */
export interface HandshakeMonitoringOptions {
  /**
   * Bucket for logs that are not kept yet, of load balancers and distributions: in the same region, with encryption by S3-managed keys. One
   * for a distribution outside of us-east-1 needs access control lists.
   *
   * @default - a new bucket that keeps them for a year
   */
  readonly logBucket?: s3.IBucket;

  /**
   * Folder in the bucket for logs that are not kept yet. Give each edge its own in a shared bucket: queries count all that is there.
   *
   * @default - none
   */
  readonly logPrefix?: string;

  /**
   * Log group for the access log of an API that keeps none yet; or where an existing one goes, if that cannot be told from the stage.
   *
   * @default - a new log group that keeps it for a year
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * Name of the dashboard.
   *
   * @default - one is made up
   */
  readonly dashboardName?: string;

  /**
   * The time over which failures are counted, one minute at least.
   *
   * @default Duration.minutes(5)
   */
  readonly period?: Duration;

  /**
   * How many failures of one kind in one period set off its alarm, 1 at least.
   *
   * @default 10
   */
  readonly failuresUntilAlarm?: number;

  /**
   * Which share of failures in one period sets off an alarm, in percent, above 0. CloudFront counts shares only.
   *
   * @default 5
   */
  readonly percentUntilAlarm?: number;

  /**
   * Whether queries are saved: in CloudWatch Logs Insights for APIs, in Athena for load balancers and distributions, with the tables that
   * they need.
   *
   * @default true
   */
  readonly queries?: boolean;

  /**
   * How far back the queries in Athena look, whole days from 1 to 365. It can be changed in each query.
   *
   * @default Duration.days(30)
   */
  readonly queriesLookBack?: Duration;
}

/**
 * Props of HandshakeMonitoring.
 */
export interface HandshakeMonitoringProps extends HandshakeMonitoringOptions {
  /** What is monitored: a load balancer, a distribution, an API or one of its stages. */
  readonly edge: IConstruct;
}

/** Refuses what cannot be, with what to write instead. */
export function checkOptions(who: string, options: HandshakeMonitoringOptions): void {
  const { period, failuresUntilAlarm, percentUntilAlarm, queriesLookBack, logPrefix } = options;
  if (period && !period.isUnresolved() && (period.toSeconds() < 60 || period.toSeconds() % 60 !== 0)) {
    throw new Error(`${who}: 'period' is ${period.toHumanString()}. Alarms count in whole minutes: write Duration.minutes(1) or more.`);
  }
  if (failuresUntilAlarm !== undefined && !(failuresUntilAlarm >= 1)) throw new Error(`${who}: 'failuresUntilAlarm' is ${failuresUntilAlarm}. It must be 1 or more, or the alarm is on without a failure.`);
  if (percentUntilAlarm !== undefined && !(percentUntilAlarm > 0 && percentUntilAlarm <= 100)) throw new Error(`${who}: 'percentUntilAlarm' is ${percentUntilAlarm}. It must be above 0 and at most 100.`);
  const days = queriesLookBack?.toDays({ integral: false });
  if (days !== undefined && !(Number.isInteger(days) && days >= 1 && days <= 365)) throw new Error(`${who}: 'queriesLookBack' is ${queriesLookBack!.toHumanString()}. It must be from 1 to 365 whole days, which is how long partitions are projected.`);
  if (logPrefix !== undefined && (logPrefix === '' || logPrefix.startsWith('/') || logPrefix.endsWith('/') || logPrefix.includes('AWSLogs'))) {
    throw new Error(`${who}: 'logPrefix' is '${logPrefix}'. It is the name of a folder, without slashes at its ends and without AWSLogs, which Elastic Load Balancing adds: 'shop/edge'.`);
  }
}
