// Tables, workgroup and saved queries of Athena over logs in S3. Tables know their partitions by projection, so that nothing crawls and
// nothing has to be added day by day.
// Not here: columns (tables.ts), SQL (queries/), where logs are (balancer-logs.ts, distribution-logs.ts).
// Facts: Athena guide "Use partition projection with Amazon Athena" (a date type, storage.location.template), "Encrypt query results";
// Glue API "StorageDescriptor"; Hive's SerDes of the tables that AWS documents.

import { CfnResource, Duration, Names, Stack } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as glue from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import { Location } from './balancer-logs';
import { Query } from './queries/answers';
import { LogTable } from './tables';
import { newLogBucket } from '../constructs/log-bucket';

/** A table and where its files are. */
export interface PlacedTable {
  readonly table: LogTable;
  readonly location: Location;
  /** Whether there is a folder for each day below. */
  readonly byDay: boolean;
}

export interface AthenaNames {
  readonly database: string;
  readonly workGroup: string;
}

export function newAthena(scope: Construct, tables: readonly PlacedTable[], queries: readonly Query[]): AthenaNames {
  const name = Names.uniqueResourceName(scope, { maxLength: 100, separator: '_', allowedSpecialCharacters: '_' }).toLowerCase();
  const catalogId = Stack.of(scope).account;
  const database = new glue.CfnDatabase(scope, 'Database', { catalogId, databaseInput: { name, description: `Logs of ${scope.node.scope?.node.path}` } });
  const made = tables.map((table) => newTable(scope, database, table));
  const workGroup = newWorkGroup(scope);
  for (const query of queries) {
    const id = `Query-${query.name.replaceAll('.', '-')}`;
    const saved = new athena.CfnNamedQuery(scope, id, {
      name: query.name, description: query.answers, database: database.ref, workGroup: workGroup.ref, queryString: query.sql,
    });
    for (const table of made) saved.addResourceDependency(table);
  }
  return { database: name, workGroup: workGroup.ref };
}

function newTable(scope: Construct, database: glue.CfnDatabase, { table, location, byDay }: PlacedTable): CfnResource {
  return new glue.CfnTable(scope, `Table-${table.name}`, {
    catalogId: database.catalogId,
    databaseName: database.ref,
    tableInput: {
      name: table.name,
      tableType: 'EXTERNAL_TABLE',
      partitionKeys: byDay ? [{ name: 'day', type: 'string' }] : undefined,
      parameters: { EXTERNAL: 'TRUE', ...(table.pattern === undefined ? { 'skip.header.line.count': '2' } : {}), ...(byDay ? projection(location) : {}) },
      storageDescriptor: {
        columns: table.columns.map(({ name, type }) => ({ name, type })),
        location: `${location}/`,
        inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
        serdeInfo: table.pattern === undefined
          ? { serializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe', parameters: { 'field.delim': '\t', 'serialization.format': '\t' } }
          : { serializationLibrary: 'org.apache.hadoop.hive.serde2.RegexSerDe', parameters: { 'input.regex': table.pattern, 'serialization.format': '1' } },
      },
    },
  });
}

function projection(location: Location): Record<string, string> {
  return {
    'projection.enabled': 'true',
    'projection.day.type': 'date',
    'projection.day.format': 'yyyy/MM/dd',
    'projection.day.range': 'NOW-1YEARS,NOW',
    'projection.day.interval': '1',
    'projection.day.interval.unit': 'DAYS',
    'storage.location.template': `${location}/\${day}`,
  };
}

/** Results are encrypted whoever asks, and kept for a month. */
function newWorkGroup(scope: Construct): athena.CfnWorkGroup {
  const lifecycleRules = [{ expiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(7) }];
  const results = newLogBucket(scope, 'Results', { lifecycleRules });
  return new athena.CfnWorkGroup(scope, 'WorkGroup', {
    name: Names.uniqueResourceName(scope, { maxLength: 100, separator: '-' }),
    description: `Questions about the logs of ${scope.node.scope?.node.path}`,
    recursiveDeleteOption: true,
    workGroupConfiguration: {
      enforceWorkGroupConfiguration: true,
      publishCloudWatchMetricsEnabled: true,
      resultConfiguration: { outputLocation: `s3://${results.bucketName}/`, encryptionConfiguration: { encryptionOption: 'SSE_S3' } },
    },
  });
}
