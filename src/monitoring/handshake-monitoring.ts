// Monitoring of one edge: logs where they are missing, metrics and alarms, a dashboard, saved queries. What each kind of edge has is put
// together here; the parts are in the files beside it.
// Not here: asking the endpoint (EndpointCanary), reading logs on one machine (cdk-handshake logs).

import { Annotations, CfnResource, Duration, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct, IConstruct } from 'constructs';
import { apiLogs } from './api-logs';
import { newAthena, PlacedTable } from './athena';
import { balancerLogs } from './balancer-logs';
import { newDashboard } from './dashboard';
import { distributionLogs } from './distribution-logs';
import { ApiProduct, edgeOf } from './edge';
import { checkOptions, HandshakeMonitoringOptions, HandshakeMonitoringProps } from './handshake-monitoring-options';
import { InsightsQuery, insightsQueries } from './insights';
import { connectionQueries, Query, requestQueries } from './queries/answers';
import { albConnections, albRequests, cloudFrontRequests } from './queries/requests';
import { albSignals, apiSignals, distributionSignals, nlbSignals, Signal } from './signals';
import { ALB_ACCESS_LOGS, ALB_CONNECTION_LOGS, CLOUDFRONT_LOGS } from './tables';

/** What a kind of edge has to show. */
interface Watched {
  readonly signals: readonly Signal[];
  readonly logBucket?: s3.IBucket;
  readonly logGroup?: logs.ILogGroup;
  readonly insights?: readonly InsightsQuery[];
  readonly tables?: readonly PlacedTable[];
  readonly queries?: readonly Query[];
}

const ID = 'HandshakeMonitoring';

/**
 * Shows which clients fail at an edge, with what, and over which protocol and TLS version.
 *
 * Logs are switched on where they are missing, and those that there are get used. Out of them and of the metrics of the service come alarms, a
 * dashboard and saved queries.
 *
 * @example
 * declare const balancer: EdgeLoadBalancer;
 * declare const topic: sns.Topic;
 *
 * const monitoring = HandshakeMonitoring.of(balancer);
 * for (const alarm of monitoring.alarms) alarm.addAlarmAction(new actions.SnsAction(topic));
 */
@propertyInjectable
export class HandshakeMonitoring extends Construct {
  /** Uniquely identifies this class for property injection. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-handshake.HandshakeMonitoring';

  /**
   * Monitors an edge: an Application or Network Load Balancer, a CloudFront distribution, or a REST, HTTP or WebSocket API or its stage. Call
   * it when the logs of the edge are set up as they shall be.
   *
   * @param edge a construct of this package, an L2 or an L1; what is only imported cannot be monitored
   * @param options what to do differently
   */
  public static of(edge: IConstruct, options: HandshakeMonitoringOptions = {}): HandshakeMonitoring {
    const scope = CfnResource.isCfnResource(edge) ? edge.node.scope! : edge;
    const id = scope === edge ? ID : `${edge.node.id}${ID}`;
    if (scope.node.tryFindChild(id)) throw new Error(`HandshakeMonitoring of '${edge.node.path}': it is monitored already. Call HandshakeMonitoring.of once for each edge.`);
    return new HandshakeMonitoring(scope as Construct, id, { ...options, edge });
  }

  /** The alarms; add actions to them. */
  public readonly alarms: cloudwatch.Alarm[];

  /** The dashboard. */
  public readonly dashboard: cloudwatch.Dashboard;

  /** The bucket of the logs that were switched on here, if any were. */
  public readonly logBucket?: s3.IBucket;

  /** The log group of an API's access log, if it is known. */
  public readonly logGroup?: logs.ILogGroup;

  /** The workgroup of the queries in Athena, if there are any. */
  public readonly workGroupName?: string;

  /** The Glue database with the tables over the logs, if there are any. */
  public readonly databaseName?: string;

  /**
   * @param scope where it belongs
   * @param id its name there
   * @param props the edge, and how it is monitored
   */
  constructor(scope: Construct, id: string, props: HandshakeMonitoringProps) {
    super(scope, id);
    checkOptions(`HandshakeMonitoring of '${props.edge.node.path}'`, props);
    const { queries = true, period = Duration.minutes(5), failuresUntilAlarm = 10, percentUntilAlarm = 5 } = props;
    const { signals, logBucket, logGroup, insights = [], tables = [], queries: sql = [] } = this.watch(props);
    this.logBucket = logBucket;
    this.logGroup = logGroup;
    const thresholds = { failures: failuresUntilAlarm, percent: percentUntilAlarm };
    this.alarms = signals.flatMap((signal) => this.alarm(signal, period, thresholds));
    const inLogs = queries && logGroup ? { logGroup, queries: insights } : undefined;
    if (inLogs) for (const query of inLogs.queries) this.save(query, inLogs.logGroup);
    const inAthena = queries && tables.length > 0 ? { ...newAthena(this, tables, sql), queries: sql } : undefined;
    this.workGroupName = inAthena?.workGroup;
    this.databaseName = inAthena?.database;
    this.dashboard = newDashboard(this, {
      title: props.edge.node.path, name: props.dashboardName, alarms: this.alarms, signals, period: { period }, insights: inLogs, athena: inAthena,
    });
  }

  private watch(props: HandshakeMonitoringProps): Watched {
    const { kind, resource } = edgeOf(props.edge);
    switch (kind) {
      case 'alb': return this.watchAlb(resource, props);
      case 'nlb': return { signals: nlbSignals(resource), logBucket: balancerLogs(this, resource, ['access_logs'], placeOf(props)).bucket };
      case 'distribution': return this.watchDistribution(resource, props);
      case 'rest': case 'http': case 'websocket': return this.watchApi(kind, resource, props);
    }
  }

  private watchAlb(balancer: CfnResource, props: HandshakeMonitoringProps): Watched {
    const { bucket, locations } = balancerLogs(this, balancer, ['access_logs', 'connection_logs'], placeOf(props));
    const since = sinceOf(props);
    const [access, connection] = [locations.access_logs, locations.connection_logs];
    if (!access || !connection) this.tellUnknownPlace();
    return {
      signals: albSignals(balancer),
      logBucket: bucket,
      tables: [...placed(ALB_ACCESS_LOGS, access, true), ...placed(ALB_CONNECTION_LOGS, connection, true)],
      queries: [
        ...(access ? requestQueries(albRequests(since), connection ? albConnections(since) : undefined) : []),
        ...(connection ? connectionQueries(albConnections(since)) : []),
      ],
    };
  }

  private watchDistribution(distribution: CfnResource, props: HandshakeMonitoringProps): Watched {
    const { bucket, location, byDay } = distributionLogs(this, distribution, placeOf(props));
    if (!location) this.tellUnknownPlace();
    return {
      signals: distributionSignals(distribution, this.alarmsOfCloudFront(distribution)),
      logBucket: bucket,
      tables: placed(CLOUDFRONT_LOGS, location, byDay),
      queries: location ? requestQueries(cloudFrontRequests({ ...sinceOf(props), byDay })) : [],
    };
  }

  /** CloudFront counts in us-east-1, and an alarm hears nothing anywhere else. */
  private alarmsOfCloudFront({ stack: { region } }: CfnResource): boolean {
    if (region === 'us-east-1') return true;
    const unknown = Token.isUnresolved(region);
    const says = unknown ? 'the region of this stack is not known at synth: the alarms go off only if it is us-east-1' : `this stack is in ${region}, so that no alarms are made: make the distribution in a stack in us-east-1`;
    Annotations.of(this).addInfoV2('cdk-handshake:metricsElsewhere', `CloudFront counts requests in us-east-1, and ${says}.`);
    return unknown;
  }

  private watchApi(product: ApiProduct, stage: CfnResource, props: HandshakeMonitoringProps): Watched {
    const logGroup = apiLogs(this, product, stage, props.logGroup);
    if (!logGroup) this.tellUnknownPlace();
    return { signals: logGroup ? apiSignals(this, product, logGroup) : [], logGroup, insights: insightsQueries(product) };
  }

  private alarm({ id, says, metric, alarm }: Signal, period: Duration, thresholds: Readonly<Record<'failures' | 'percent', number>>): cloudwatch.Alarm[] {
    if (alarm === undefined) return [];
    return [new cloudwatch.Alarm(this, id, {
      metric: metric({ period }),
      threshold: thresholds[alarm],
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: says,
    })];
  }

  private save({ name, lines }: InsightsQuery, logGroup: logs.ILogGroup): void {
    new logs.CfnQueryDefinition(this, `Query-${name.replaceAll('.', '-')}`, {
      name: `${this.node.scope!.node.path}/${name}`,
      queryString: lines.join('\n| '),
      logGroupNames: [logGroup.logGroupName],
    });
  }

  private tellUnknownPlace(): void {
    Annotations.of(this).addWarningV2('cdk-handshake:logsElsewhere', 'The edge keeps logs, and where they go is not known at synth or is no bucket or log group, so that there are no queries over them.');
  }
}

function placed(table: PlacedTable['table'], location: string | undefined, byDay: boolean): PlacedTable[] {
  return location === undefined ? [] : [{ table, location, byDay }];
}

function placeOf({ logBucket: bucket, logPrefix: prefix }: HandshakeMonitoringProps) {
  return { bucket, prefix };
}

function sinceOf({ queriesLookBack }: HandshakeMonitoringProps): { readonly days: number } {
  return { days: queriesLookBack?.toDays() ?? 30 };
}
