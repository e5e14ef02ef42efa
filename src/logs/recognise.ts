// Which log a line is of. Formats are told line by line, so that one folder, or one file, may hold several; only the columns of
// CloudFront's header are remembered, until the file ends.
// JSON may stand behind a time, as CloudWatch Logs writes it when a log group is exported to S3.
// Facts: CloudWatch Logs guide "Export log data to Amazon S3" (each event is written behind its timestamp); the lines "Enable
// AccessLog for ELB" and "Enable ConnectionLog for ELB" of the test file that ELB writes when logs are switched on (ELB guide).

import { albRecord, albRequest } from './alb';
import { albConnection, albConnectionRecord } from './alb-connection';
import { apiGatewayRecord, apiGatewayRequest } from './api-gateway';
import { cloudFrontColumns, CloudFrontColumns, cloudFrontObject, cloudFrontRecord, cloudFrontRequest } from './cloudfront';
import { LoggedConnection, LoggedRequest } from './request';

export type Recognised =
  | { readonly kind: 'request'; readonly request: LoggedRequest }
  | { readonly kind: 'connection'; readonly connection: LoggedConnection }
  | { readonly kind: 'header' }
  | { readonly kind: 'blank' };

const HEADER: Recognised = { kind: 'header' };
const BLANK: Recognised = { kind: 'blank' };
const EXPORTED = /^\d{4}-\d\d-\d\dT[\d:.]+Z \{/;

/** One for each file. */
export class Recogniser {
  private columns?: CloudFrontColumns;

  /** What a line is, or undefined where it is not understood. */
  public line(line: string): Recognised | undefined {
    const first = line.charCodeAt(0);
    if (line.trim() === '') return BLANK;
    if (first === 35 /* # */) return this.header(line);
    if (first === 123 /* { */) return fromJson(line);
    if (line.charAt(10) === '\t' || (this.columns !== undefined && line.includes('\t'))) return this.cloudFront(line);
    if (first >= 48 && first <= 57) return EXPORTED.test(line.slice(0, 40)) ? fromJson(line.slice(line.indexOf('{'))) : fromConnection(line);
    const record = albRecord(line);
    if (record !== undefined) return { kind: 'request', request: albRequest(record) };
    return line.startsWith('Enable AccessLog for ELB') || line.startsWith('Enable ConnectionLog for ELB') ? HEADER : undefined;
  }

  private header(line: string): Recognised | undefined {
    const columns = cloudFrontColumns(line);
    if (columns !== undefined) this.columns = columns;
    return columns !== undefined || line.startsWith('#Version:') ? HEADER : undefined;
  }

  private cloudFront(line: string): Recognised | undefined {
    const record = cloudFrontRecord(line, this.columns);
    return record && { kind: 'request', request: cloudFrontRequest(record) };
  }
}

function fromConnection(line: string): Recognised | undefined {
  const record = albConnectionRecord(line);
  return record && { kind: 'connection', connection: albConnection(record) };
}

function fromJson(line: string): Recognised | undefined {
  const object = flat(line);
  if (object === undefined) return undefined;
  const distribution = cloudFrontObject(object);
  if (distribution !== undefined) return { kind: 'request', request: cloudFrontRequest(distribution) };
  const api = apiGatewayRecord(object);
  return api && { kind: 'request', request: apiGatewayRequest(api) };
}

/** The strings and numbers of an object, in a map, where a key such as __proto__ is a key like any other. */
function flat(line: string): Map<string, string> | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return undefined;
  }
  const values = new Map<string, string>();
  for (const [key, value] of Object.entries(parsed as object)) {
    if (typeof value === 'string' || typeof value === 'number') values.set(key, String(value));
  }
  return values;
}
