// One row for each request, in the words that `cdk-handshake logs` has for it, whichever log it comes from. All queries start here.
// Columns: format, time, family, agent, agent_outdated, protocol, tls, tls_rank, status, opened, answered_by, verb, path, reason, connection.
// Not here: what is asked of the requests (answers.ts), columns of the tables (../tables.ts).
// Facts: those of logs/alb.ts, logs/alb-connection.ts and logs/cloudfront.ts, of which this is the other spelling.

import { agentTables } from './agent';
import { named, text } from './sql';
import { ID_SEGMENT, LONGEST_PATH, PROTOCOLS, TLS } from '../../logs/request';
import { TLS_VERSIONS } from '../../protocol';
import { ALB_ACCESS_LOGS, ALB_CONNECTION_LOGS, CLOUDFRONT_LOGS } from '../tables';

/** Named tables, to be put behind WITH. */
export type Tables = (readonly [name: string, query: string])[];

/** How far back queries look. */
export interface Since {
  readonly days: number;
}

/** Whether there are folders for each day, which a query can leave out. */
export interface CloudFrontLayout extends Since {
  readonly byDay: boolean;
}

export function albRequests(since: Since): Tables {
  return requests(`  SELECT
    'alb' AS format,
    time,
    CASE WHEN user_agent = '-' THEN '' ELSE user_agent END AS agent,
    CASE WHEN type IN ('ws', 'wss') THEN 'ws' WHEN type IN ('grpc', 'grpcs') THEN 'grpc' WHEN type = 'h2' THEN 'h2'
      ELSE ${protocolOf('trim(request_proto)')} END AS protocol,
    ${tlsOf('ssl_protocol')} AS tls,
    COALESCE(CAST(elb_status_code AS VARCHAR), '-') AS status,
    CASE WHEN type IN ('ws', 'wss') THEN COALESCE(elb_status_code = 101, false) END AS opened,
    CASE WHEN CAST(elb_status_code AS VARCHAR) = target_status_code THEN 'target' ELSE 'edge' END AS answered_by,
    request_verb AS verb,
    ${pathOf('request_url')} AS path,
    ${given('lambda_error_reason')} AS reason,
    ${given('conn_trace_id')} AS connection
  FROM ${ALB_ACCESS_LOGS.name}
  WHERE type IS NOT NULL AND ${recentDay(since)}`);
}

export function cloudFrontRequests({ byDay, days }: CloudFrontLayout): Tables {
  return requests(`  SELECT
    'cloudfront' AS format,
    time,
    CASE WHEN cs_user_agent = '-' THEN '' ELSE ${decoded(decoded('cs_user_agent'))} END AS agent,
    CASE WHEN cs_protocol IN ('ws', 'wss') THEN 'ws' WHEN cs_protocol LIKE 'grpc%' THEN 'grpc' ELSE ${protocolOf('cs_protocol_version')} END AS protocol,
    ${tlsOf('ssl_protocol')} AS tls,
    COALESCE(lpad(CAST(sc_status AS VARCHAR), 3, '0'), '-') AS status,
    CASE WHEN cs_protocol IN ('ws', 'wss') THEN COALESCE(sc_status = 101, false) END AS opened,
    'unknown' AS answered_by,
    cs_method AS verb,
    ${pathOf('cs_uri_stem')} AS path,
    CASE WHEN regexp_like(x_edge_detailed_result_type, '^(Origin|.+Error|.+Exceeded|.+Invalid)') THEN x_edge_detailed_result_type END AS reason,
    CAST(NULL AS VARCHAR) AS connection
  FROM ${CLOUDFRONT_LOGS.name}
  WHERE "date" >= current_date - interval '${days}' day${byDay ? ` AND ${recentDay({ days })}` : ''}`);
}

/** One row for each connection to a balancer: tls, tls_rank, result, connection. */
export function albConnections(since: Since): Tables {
  return [['connections', `  SELECT *, ${rankOf('tls')} AS tls_rank FROM (
    SELECT ${tlsOf('tls_protocol')} AS tls, COALESCE(${given('tls_verify_status')}, 'none') AS result, ${given('conn_trace_id')} AS connection
    FROM ${ALB_CONNECTION_LOGS.name}
    WHERE client_ip IS NOT NULL AND ${recentDay(since)}
  ) AS logged_connections`]];
}

/** Where there is no log of connections. */
export const NO_CONNECTIONS: Tables = [['connections', "  SELECT 0 AS tls_rank, '' AS connection WHERE false"]];

function requests(select: string): Tables {
  return [
    ['logged', select],
    ['ranked', `  SELECT *, ${rankOf('tls')} AS tls_rank FROM logged`],
    ...agentTables('ranked', 'requests'),
  ];
}

/** Partitions are days, `2026/01/31`, of which a query reads only those that it names. */
function recentDay({ days }: Since): string {
  return `day >= date_format(current_date - interval '${days}' day, '%Y/%m/%d')`;
}

function given(column: string): string {
  return `CASE WHEN ${column} NOT IN ('', '-') THEN ${column} END`;
}

function protocolOf(column: string): string {
  return named(column, PROTOCOLS, text('unknown'));
}

function tlsOf(column: string): string {
  return named(column, TLS);
}

/** Its place among the versions, the oldest is 0; null without TLS. */
function rankOf(column: string): string {
  return `CASE ${column} ${TLS_VERSIONS.map((version, rank) => `WHEN ${text(version)} THEN ${rank}`).join(' ')} END`;
}

/** Without scheme, host and query, and with {id} for each id. Slashes are doubled for a while, so that neighbours do not share one. */
function pathOf(url: string): string {
  const place = `CASE WHEN ${url} LIKE '/%' OR strpos(${url}, '://') = 0 THEN ${url} ELSE COALESCE(regexp_extract(${url}, '^.*?://[^/]*(/.*)$', 1), '') END`;
  const bounded = `substr(split_part(${place}, '?', 1), 1, ${LONGEST_PATH})`;
  const marked = `regexp_replace(replace(${bounded}, '/', '//') || '/', '(?i)/(?:${ID_SEGMENT})/', '/{id}/')`;
  return `COALESCE(NULLIF(replace(regexp_replace(${marked}, '/$', ''), '//', '/'), ''), '/')`;
}

/** What is not well-formed stays as it is. A plus sign is one. */
function decoded(value: string): string {
  return `COALESCE(TRY(url_decode(replace(${value}, '+', '%2B'))), ${value})`;
}
