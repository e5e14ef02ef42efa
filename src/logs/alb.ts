// Access logs of an Application Load Balancer: one line per request. Columns have the names of AWS's table for Athena.
// A failed WebSocket handshake is written as http or https; ws and wss are written when a WebSocket closes.
// Facts: ELB guide "Access logs for your Application Load Balancer" (fields, their order, quotes; the fields behind classification
// came later, so that lines may end before them); Athena guide "Query Application Load Balancer logs" (names of columns).

import { fieldsOf, given } from './fields';
import { Answerer, isStatus, LoggedRequest, pathOf, protocolOf, SpokenProtocol, tlsOf } from './request';

export interface AlbRecord {
  readonly type: string;
  readonly time: string;
  readonly elb: string;
  /** With the port, as it is written. */
  readonly client: string;
  readonly target: string;
  readonly request_processing_time: string;
  readonly target_processing_time: string;
  readonly response_processing_time: string;
  readonly elb_status_code: string;
  readonly target_status_code: string;
  readonly received_bytes: string;
  readonly sent_bytes: string;
  readonly request_verb: string;
  readonly request_url: string;
  readonly request_proto: string;
  readonly user_agent: string;
  readonly ssl_cipher: string;
  readonly ssl_protocol: string;
  readonly target_group_arn: string;
  readonly trace_id: string;
  readonly domain_name?: string;
  readonly chosen_cert_arn?: string;
  readonly matched_rule_priority?: string;
  readonly request_creation_time?: string;
  readonly actions_executed?: string;
  readonly redirect_url?: string;
  readonly lambda_error_reason?: string;
  readonly target_port_list?: string;
  readonly target_status_code_list?: string;
  readonly classification?: string;
  readonly classification_reason?: string;
  readonly conn_trace_id?: string;
}

const TYPES: ReadonlySet<string> = new Set(['http', 'https', 'h2', 'grpc', 'grpcs', 'ws', 'wss']);

/** Up to the trace id, which the oldest lines end with. */
const LEAST = 18;

/** The record of a line, or undefined where it is not one of these logs. */
export function albRecord(line: string): AlbRecord | undefined {
  if (!TYPES.has(line.slice(0, line.indexOf(' ')))) return undefined;
  const f = fieldsOf(line);
  if (f === undefined || f.length < LEAST || f[1].charAt(10) !== 'T' || !(f[8] === '-' || isStatus(f[8]))) return undefined;
  const request = f[12];
  const verb = request.indexOf(' ');
  const proto = request.lastIndexOf(' ');
  return {
    type: f[0],
    time: f[1],
    elb: f[2],
    client: f[3],
    target: f[4],
    request_processing_time: f[5],
    target_processing_time: f[6],
    response_processing_time: f[7],
    elb_status_code: f[8],
    target_status_code: f[9],
    received_bytes: f[10],
    sent_bytes: f[11],
    request_verb: verb < 0 ? request : request.slice(0, verb),
    request_url: verb < 0 ? '' : request.slice(verb + 1, proto > verb ? proto : request.length),
    request_proto: proto > verb ? request.slice(proto + 1).trim() : '',
    user_agent: f[13],
    ssl_cipher: f[14],
    ssl_protocol: f[15],
    target_group_arn: f[16],
    trace_id: f[17],
    domain_name: f[18],
    chosen_cert_arn: f[19],
    matched_rule_priority: f[20],
    request_creation_time: f[21],
    actions_executed: f[22],
    redirect_url: f[23],
    lambda_error_reason: f[24],
    target_port_list: f[25],
    target_status_code_list: f[26],
    classification: f[27],
    classification_reason: f[28],
    conn_trace_id: f[29],
  };
}

export function albRequest(record: AlbRecord): LoggedRequest {
  const protocol = spoken(record);
  return {
    format: 'alb',
    agent: given(record.user_agent) ?? '',
    protocol,
    opened: protocol === 'ws' ? record.elb_status_code === '101' : undefined,
    tls: tlsOf(record.ssl_protocol),
    status: record.elb_status_code,
    answerer: answerer(record),
    verb: record.request_verb,
    path: pathOf(record.request_url),
    reason: given(record.lambda_error_reason),
    connection: given(record.conn_trace_id),
  };
}

function spoken({ type, request_proto }: AlbRecord): SpokenProtocol {
  switch (type) {
    case 'ws': case 'wss': return 'ws';
    case 'grpc': case 'grpcs': return 'grpc';
    case 'h2': return 'h2';
    default: return protocolOf(request_proto);
  }
}

/** The target answered if there is a status of the target, and it is the one that the client got. */
function answerer({ elb_status_code, target_status_code }: AlbRecord): Answerer {
  return target_status_code === elb_status_code && isStatus(target_status_code) ? 'target' : 'edge';
}
