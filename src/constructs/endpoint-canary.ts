// The probe on a schedule, with metrics and alarms per client. Metrics come out of the function's log (embedded metric format), so that it
// needs no permission but to write it. Not here: what is tried (probe/function.ts).

import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { EndpointProbeProps, newProbeFunction, probeRequest } from './probe-function';
import { Client } from '../declare/client';

/**
 * Props of EndpointCanary.
 */
export interface EndpointCanaryProps extends EndpointProbeProps {
  /**
   * Time between two runs, one minute at least.
   *
   * @default Duration.minutes(5)
   */
  readonly every?: Duration;

  /**
   * Namespace of the metrics.
   *
   * @default 'Handshake'
   */
  readonly namespace?: string;

  /**
   * How many runs in a row have to fail until the alarm of a client goes off.
   *
   * @default 2
   */
  readonly failuresUntilAlarm?: number;
}

/**
 * Tries an endpoint as each client, again and again, with a metric and an alarm for each.
 *
 * @example
 * new EndpointCanary(this, 'Canary', { url: 'https://shop.example.com/', webSocketPath: '/ws', clients: [Client.HTTP_1_1, Client.WSS] });
 */
@propertyInjectable
export class EndpointCanary extends Construct {
  /** Uniquely identifies this class for property injection. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-handshake.EndpointCanary';

  /** The alarms, one for each client that has to be served; add actions to them. */
  public readonly alarms: cloudwatch.Alarm[];

  private readonly namespace: string;
  private readonly url: string;

  constructor(scope: Construct, id: string, props: EndpointCanaryProps) {
    super(scope, id);
    const { every = Duration.minutes(5), namespace = 'Handshake', failuresUntilAlarm = 2, clients = [Client.HTTP_1_1, Client.H2] } = props;
    if (!every.isUnresolved() && every.toSeconds() < 60) throw new Error(`EndpointCanary '${this.node.path}': 'every' is ${every.toHumanString()}. Runs are one minute apart at least.`);
    this.namespace = namespace;
    this.url = props.url;
    const service = newProbeFunction(this, 'Function', props, Duration.minutes(2));
    const event = { canary: { ...probeRequest({ ...props, clients }), namespace } };
    new events.Rule(this, 'Schedule', { schedule: events.Schedule.rate(every), targets: [new targets.LambdaFunction(service, { event: events.RuleTargetInput.fromObject(event) })] });
    this.alarms = clients.map((client) => new cloudwatch.Alarm(this, `Alarm-${client.id.replace(/[^A-Za-z0-9]+/g, '-')}`, {
      metric: this.metricFits(client, { period: every }),
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: failuresUntilAlarm,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      alarmDescription: `${client.id} is not served at ${props.url}`,
    }));
  }

  /**
   * 1 when a client got what it has to get, else 0.
   *
   * @param client one of the clients that are tried
   * @param options of the metric
   */
  public metricFits(client: Client, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('Fits', client, { statistic: cloudwatch.Stats.MINIMUM, ...options });
  }

  /**
   * Time that a client took, in milliseconds.
   *
   * @param client one of the clients that are tried
   * @param options of the metric
   */
  public metricDuration(client: Client, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('Duration', client, { statistic: cloudwatch.Stats.percentile(90), ...options });
  }

  private metric(metricName: string, client: Client, options: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({ namespace: this.namespace, metricName, dimensionsMap: { Endpoint: this.url, Client: client.id }, ...options });
  }
}
