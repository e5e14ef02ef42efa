// The dashboard: alarms, failures as graphs, and who fails, with what, over which protocol and TLS version: as tables where logs are in
// CloudWatch, else as the names of the queries that tell.

import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AthenaNames } from './athena';
import { InsightsQuery } from './insights';
import { Query } from './queries/answers';
import { Signal } from './signals';

export interface Shown {
  readonly title: string;
  readonly name?: string;
  readonly alarms: readonly cloudwatch.Alarm[];
  readonly signals: readonly Signal[];
  readonly period: cloudwatch.MetricOptions;
  readonly insights?: { readonly logGroup: logs.ILogGroup; readonly queries: readonly InsightsQuery[] };
  readonly athena?: AthenaNames & { readonly queries: readonly Query[] };
}

const WIDE = 24;
const HALF = 12;

export function newDashboard(scope: Construct, shown: Shown): cloudwatch.Dashboard {
  const dashboard = new cloudwatch.Dashboard(scope, 'Dashboard', { dashboardName: shown.name });
  const { alarms, insights, athena } = shown;
  const markdown = `# ${shown.title}\nWho does not get through, with what, over which protocol and TLS version.`;
  dashboard.addWidgets(new cloudwatch.TextWidget({ markdown, width: WIDE, height: 2 }));
  if (alarms.length > 0) dashboard.addWidgets(new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: WIDE, height: 3 }));
  const graph = ({ says, metric }: Signal) => new cloudwatch.GraphWidget({ title: says, left: [metric(shown.period)], width: HALF, height: 5 });
  const graphs = shown.signals.map(graph);
  if (graphs.length > 0) dashboard.addWidgets(...graphs);
  for (const { title, lines } of insights?.queries ?? []) {
    const logGroupNames = [insights!.logGroup.logGroupName];
    dashboard.addWidgets(new cloudwatch.LogQueryWidget({ title, logGroupNames, queryLines: [...lines], width: WIDE, height: 6 }));
  }
  if (athena) dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: athenaText(athena), width: WIDE, height: 8 }));
  return dashboard;
}

function athenaText({ database, workGroup, queries }: NonNullable<Shown['athena']>): string {
  const rows = queries.map(({ name, answers }) => `| ${name} | ${answers} |`);
  return [`## Queries in Athena\nSaved in the workgroup \`${workGroup}\`, over the database \`${database}\`.\n`, '| query | answers |', '|---|---|', ...rows].join('\n');
}
