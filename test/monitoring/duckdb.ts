// Athena, played by DuckDB: the tables as they are shipped, filled with lines by the shipped patterns, and the shipped SQL, byte for byte.
// What Hive's SerDes do is done here: a line that does not fit is a row of nulls, a field that is no number is null.

import { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { ALB_ACCESS_LOGS, ALB_CONNECTION_LOGS, CLOUDFRONT_LOGS, LogTable } from '../../src/monitoring/tables';

const TYPES = { string: 'VARCHAR', int: 'INTEGER', bigint: 'BIGINT', double: 'DOUBLE', float: 'FLOAT', date: 'DATE' } as const;

/** Where DuckDB has another name for what Trino does. */
const MACROS = [
  'CREATE MACRO regexp_like(value, pattern) AS regexp_matches(value, pattern)',
  "CREATE MACRO regexp_replace(value, pattern, other) AS system.main.regexp_replace(value, pattern, other, 'g')",
  'CREATE MACRO date_format(moment, format) AS strftime(moment, format)',
];

export type Row = Readonly<Record<string, unknown>>;

/** Lines of each table. */
export interface Lines {
  readonly access?: readonly string[];
  readonly connection?: readonly string[];
  readonly cloudFront?: readonly string[];
}

export class Athena {
  public static async of({ access = [], connection = [], cloudFront = [] }: Lines, day?: string): Promise<Athena> {
    const athena = new Athena(await (await DuckDBInstance.create(':memory:')).connect());
    for (const macro of MACROS) await athena.connection.run(macro);
    await athena.fill(ALB_ACCESS_LOGS, access, day);
    await athena.fill(ALB_CONNECTION_LOGS, connection, day);
    await athena.fill(CLOUDFRONT_LOGS, cloudFront, day);
    return athena;
  }

  private constructor(private readonly connection: DuckDBConnection) {}

  public async rows(sql: string): Promise<Row[]> {
    const reader = await this.connection.runAndReadAll(sql);
    return reader.getRowObjects().map((row) => Object.fromEntries(Object.entries(row).flatMap(([name, value]) =>
      value === null ? [] : [[name, typeof value === 'bigint' ? Number(value) : value]])));
  }

  public close(): void {
    this.connection.closeSync();
  }

  /** In partitions of the day that is asked for, today by default. */
  private async fill(table: LogTable, lines: readonly string[], day?: string): Promise<void> {
    const names = table.columns.map(({ name }) => `"${name}"`);
    await this.connection.run(`CREATE TABLE raw_${table.name} (${names.map((name) => `${name} VARCHAR`).join(', ')})`);
    const appender = await this.connection.createAppender(`raw_${table.name}`);
    for (const line of lines) {
      const fields = fieldsOf(table, line);
      if (fields === 'header') continue;
      for (let index = 0; index < names.length; index++) {
        const field = fields?.[index];
        if (field === undefined) appender.appendNull();
        else appender.appendVarchar(field);
      }
      appender.endRow();
    }
    appender.closeSync();
    const typed = table.columns.map(({ name, type }) => `TRY_CAST("${name}" AS ${TYPES[type]}) AS "${name}"`);
    const partition = day === undefined ? "strftime(current_date, '%Y/%m/%d')" : `'${day}'`;
    await this.connection.run(`CREATE TABLE ${table.name} AS SELECT ${typed.join(', ')}, ${partition} AS day FROM raw_${table.name}`);
  }
}

const patterns = new Map<LogTable, RegExp>();

/** The fields of a line; undefined where it does not fit. */
export function fieldsOf(table: LogTable, line: string): readonly string[] | undefined | 'header' {
  if (table.pattern === undefined) return line.startsWith('#') ? 'header' : line.split('\t');
  const pattern = patterns.get(table) ?? new RegExp(`^(?:${table.pattern})$`, 's');
  patterns.set(table, pattern);
  return pattern.exec(line)?.slice(1);
}
