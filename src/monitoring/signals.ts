// What can be seen in a metric, edge by edge: failures that set off an alarm, and numbers that only the dashboard shows. What no metric
// tells apart is told by queries over the logs: 464 and 426 of load balancers, 426 and failed handshakes of CloudFront.
// Facts: ELB guide "CloudWatch metrics for your Application Load Balancer" and "… Network Load Balancer"; CloudFront guide "Types of metrics
// for CloudFront" (in us-east-1, shares in percent, 502ErrorRate for distributions with additional metrics); API Gateway guide for
// WebSocket APIs (a $connect that succeeds has a status of 2xx); CloudWatch Logs guide "Filter pattern syntax for metric filters".

import { CfnResource, Names } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ApiProduct } from './edge';
import { propertiesOf } from '../constructs/rendered';

export interface Signal {
  /** Id of the alarm. */
  readonly id: string;
  /** What it is, for alarms and graphs. */
  readonly says: string;
  readonly metric: (period: cloudwatch.MetricOptions) => cloudwatch.Metric;
  /** What sets off an alarm: a number of failures or a share in percent; nothing for what the dashboard alone shows. */
  readonly alarm?: 'failures' | 'percent';
}

const SUM = { statistic: cloudwatch.Stats.SUM };

export function albSignals(balancer: CfnResource): Signal[] {
  const of = elbMetric(balancer, 'AWS/ApplicationELB');
  return [
    { id: 'Elb502', says: '502 by the load balancer: protocol or TLS of a target do not fit, or it closed', metric: of('HTTPCode_ELB_502_Count'), alarm: 'failures' },
    { id: 'Elb504', says: '504 by the load balancer: a target did not answer in time', metric: of('HTTPCode_ELB_504_Count'), alarm: 'failures' },
    { id: 'Elb4xx', says: '4xx by the load balancer itself, 464 among them', metric: of('HTTPCode_ELB_4XX_Count'), alarm: 'failures' },
    { id: 'ClientTls', says: 'TLS handshakes that clients could not finish', metric: of('ClientTLSNegotiationErrorCount'), alarm: 'failures' },
    { id: 'TargetTls', says: 'TLS handshakes with targets that failed', metric: of('TargetTLSNegotiationErrorCount'), alarm: 'failures' },
    { id: 'TargetConnection', says: 'Connections to targets that failed', metric: of('TargetConnectionErrorCount'), alarm: 'failures' },
    { id: 'Target4xx', says: '4xx by targets, 426 among them', metric: of('HTTPCode_Target_4XX_Count') },
    { id: 'Requests', says: 'Requests', metric: of('RequestCount') },
  ];
}

export function nlbSignals(balancer: CfnResource): Signal[] {
  const of = elbMetric(balancer, 'AWS/NetworkELB');
  return [
    { id: 'ClientTls', says: 'TLS handshakes that clients could not finish', metric: of('ClientTLSNegotiationErrorCount'), alarm: 'failures' },
    { id: 'TargetTls', says: 'TLS handshakes with targets that failed', metric: of('TargetTLSNegotiationErrorCount'), alarm: 'failures' },
    { id: 'ElbReset', says: 'Connections that the load balancer reset', metric: of('TCP_ELB_Reset_Count') },
    { id: 'TargetReset', says: 'Connections that targets reset', metric: of('TCP_Target_Reset_Count') },
    { id: 'Connections', says: 'New connections', metric: of('NewFlowCount') },
  ];
}

/** CloudFront counts in us-east-1, and an alarm can only be where its metric is. */
export function distributionSignals(distribution: CfnResource, alarms: boolean): Signal[] {
  const of = (metricName: string) => (options: cloudwatch.MetricOptions) => new cloudwatch.Metric({
    namespace: 'AWS/CloudFront', metricName, dimensionsMap: { DistributionId: distribution.ref, Region: 'Global' }, statistic: cloudwatch.Stats.AVERAGE, ...(alarms ? {} : { region: 'us-east-1' }), ...options,
  });
  const alarm = alarms ? 'percent' : undefined;
  const rate502: Signal = { id: 'Rate502', says: '502, percent of requests: an origin could not be spoken to', metric: of('502ErrorRate'), alarm };
  return [
    ...(hasMoreMetrics(distribution) ? [rate502] : []),
    { id: 'Rate5xx', says: '5xx, percent of requests', metric: of('5xxErrorRate'), alarm },
    { id: 'Rate4xx', says: '4xx, percent of requests, 426 among them', metric: of('4xxErrorRate') },
  ];
}

/** Whether CloudFront counts 502 by itself, which costs extra. */
function hasMoreMetrics({ stack, ref }: CfnResource): boolean {
  const id = JSON.stringify(stack.resolve(ref));
  return stack.node.findAll().some((one) => CfnResource.isCfnResource(one) && one.cfnResourceType === 'AWS::CloudFront::MonitoringSubscription' &&
    JSON.stringify(propertiesOf(one)?.DistributionId) === id);
}

const STATUSES = {
  426: '426: a server wants another protocol, and an upgrade was dropped on the way',
  464: '464: a load balancer behind takes only another version of HTTP',
  502: '502: no usable answer from behind',
} as const;

/** Out of the access log of an API, by metric filters. */
export function apiSignals(scope: Construct, product: ApiProduct, logGroup: logs.ILogGroup): Signal[] {
  const own = Names.uniqueResourceName(scope, { maxLength: 100 });
  const filtered = (id: string, says: string, pattern: logs.IFilterPattern): Signal => {
    const filter = new logs.MetricFilter(scope, `${id}Filter`, {
      logGroup, filterPattern: pattern, metricNamespace: 'HandshakeMonitoring', metricName: `${own}-${id}`, metricValue: '1', unit: cloudwatch.Unit.COUNT,
    });
    return { id, says, metric: (options) => filter.metric({ ...SUM, ...options }), alarm: 'failures' };
  };
  const { all, any, stringValue } = logs.FilterPattern;
  const statuses = Object.entries(STATUSES).map(([status, says]) =>
    filtered(`Status${status}`, says, any(stringValue('$.status', '=', status), stringValue('$.integrationStatus', '=', status))));
  if (product !== 'websocket') return statuses;
  const failed = all(stringValue('$.eventType', '=', 'CONNECT'), stringValue('$.status', '!=', '101'), stringValue('$.status', '!=', '2*'));
  return [...statuses, filtered('FailedHandshakes', 'WebSocket handshakes that did not end in 101', failed)];
}

function elbMetric(balancer: CfnResource, namespace: string) {
  const LoadBalancer = balancer.getAtt('LoadBalancerFullName').toString();
  const fixed = { namespace, dimensionsMap: { LoadBalancer }, ...SUM };
  return (metricName: string) => (options: cloudwatch.MetricOptions) => new cloudwatch.Metric({ ...fixed, metricName, ...options });
}
