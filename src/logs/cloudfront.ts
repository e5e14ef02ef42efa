// Standard logs of CloudFront: v1 (tabs, with a line "#Fields:" that names the columns) and v2 (the same, or one JSON object a line).
// Columns have the names of AWS's table for Athena. User agents are URL-encoded in both.
// Not here: v2 as Parquet, or as plain text with columns of one's own choice and no header; real-time logs.
// Facts: CloudFront guide "Standard logging reference" (33 fields and their order; cs-protocol is http, https, ws or wss; WebSockets
// are written when they close); Athena guide "Query Amazon CloudFront logs" (names of columns).

import { given } from './fields';
import { isStatus, LoggedRequest, pathOf, protocolOf, SpokenProtocol, tlsOf } from './request';

const COLUMNS = {
  'date': 'date',
  'time': 'time',
  'x-edge-location': 'x_edge_location',
  'sc-bytes': 'sc_bytes',
  'c-ip': 'c_ip',
  'cs-method': 'cs_method',
  'cs(Host)': 'cs_host',
  'cs-uri-stem': 'cs_uri_stem',
  'sc-status': 'sc_status',
  'cs(Referer)': 'cs_referrer',
  'cs(User-Agent)': 'cs_user_agent',
  'cs-uri-query': 'cs_uri_query',
  'cs(Cookie)': 'cs_cookie',
  'x-edge-result-type': 'x_edge_result_type',
  'x-edge-request-id': 'x_edge_request_id',
  'x-host-header': 'x_host_header',
  'cs-protocol': 'cs_protocol',
  'cs-bytes': 'cs_bytes',
  'time-taken': 'time_taken',
  'x-forwarded-for': 'x_forwarded_for',
  'ssl-protocol': 'ssl_protocol',
  'ssl-cipher': 'ssl_cipher',
  'x-edge-response-result-type': 'x_edge_response_result_type',
  'cs-protocol-version': 'cs_protocol_version',
  'fle-status': 'fle_status',
  'fle-encrypted-fields': 'fle_encrypted_fields',
  'c-port': 'c_port',
  'time-to-first-byte': 'time_to_first_byte',
  'x-edge-detailed-result-type': 'x_edge_detailed_result_type',
  'sc-content-type': 'sc_content_type',
  'sc-content-len': 'sc_content_len',
  'sc-range-start': 'sc_range_start',
  'sc-range-end': 'sc_range_end',
} as const;

export type CloudFrontColumn = (typeof COLUMNS)[keyof typeof COLUMNS];

/** What a line says; a column that the log does not have is undefined. */
export type CloudFrontRecord = Readonly<Partial<Record<CloudFrontColumn, string>>>;

/** A column that this reader has no name for is undefined, and skipped. */
export type CloudFrontColumns = readonly (CloudFrontColumn | undefined)[];

const NAMES: ReadonlyMap<string, CloudFrontColumn> = new Map(Object.entries(COLUMNS));

/** The fields of the standard log, in their order, as CloudFront names them. */
export const STANDARD_FIELDS: readonly string[] = [...NAMES.keys()];

/** The columns of a log without a header. */
export const STANDARD_COLUMNS: CloudFrontColumns = [...NAMES.values()];

/** With cs-protocol-version; shorter lines are not taken for this log. */
const LEAST = 24;

/** The columns that a line "#Fields: …" names. */
export function cloudFrontColumns(line: string): CloudFrontColumns | undefined {
  if (!line.startsWith('#Fields:')) return undefined;
  return line.slice('#Fields:'.length).split(/[ \t]+/, 100).filter(Boolean).map((name) => NAMES.get(name));
}

/** The record of a line of text, or undefined where it is not one of these logs. */
export function cloudFrontRecord(line: string, columns?: CloudFrontColumns): CloudFrontRecord | undefined {
  const fields = line.split('\t', 200);
  if (columns === undefined ? fields.length < LEAST || !/^\d{4}-\d\d-\d\d$/.test(fields[0]) : fields.length !== columns.length) return undefined;
  const record: Partial<Record<CloudFrontColumn, string>> = {};
  (columns ?? STANDARD_COLUMNS).forEach((column, index) => {
    if (column !== undefined) record[column] = fields[index];
  });
  return isStatus(record.sc_status) || record.sc_status === '-' ? record : undefined;
}

/** The record of an object of a JSON log, or undefined where it is not one of these logs. */
export function cloudFrontObject(object: ReadonlyMap<string, string>): CloudFrontRecord | undefined {
  if (!object.has('sc-status')) return undefined;
  const record: Partial<Record<CloudFrontColumn, string>> = {};
  for (const [name, column] of NAMES) record[column] = object.get(name);
  return isStatus(record.sc_status) || record.sc_status === '-' ? record : undefined;
}

export function cloudFrontRequest(record: CloudFrontRecord): LoggedRequest {
  const protocol = spoken(record);
  return {
    format: 'cloudfront',
    agent: decoded(given(record.cs_user_agent) ?? ''),
    protocol,
    opened: protocol === 'ws' ? record.sc_status === '101' : undefined,
    tls: tlsOf(record.ssl_protocol),
    status: record.sc_status ?? '-',
    answerer: 'unknown',
    verb: record.cs_method ?? '',
    path: pathOf(record.cs_uri_stem ?? ''),
    reason: reason(record.x_edge_detailed_result_type),
  };
}

function spoken({ cs_protocol, cs_protocol_version }: CloudFrontRecord): SpokenProtocol {
  if (cs_protocol === 'ws' || cs_protocol === 'wss') return 'ws';
  return cs_protocol?.startsWith('grpc') ? 'grpc' : protocolOf(cs_protocol_version);
}

/** The words that only repeat the status say nothing. */
function reason(type: string | undefined): string | undefined {
  return type !== undefined && /^(Origin|.+Error|.+Exceeded|.+Invalid)/.test(type) ? type : undefined;
}

/** Twice, because logs of old encode the percent sign too. */
function decoded(text: string): string {
  for (let round = 0; round < 2 && text.includes('%'); round++) {
    try {
      text = decodeURIComponent(text);
    } catch {
      return text;
    }
  }
  return text;
}
