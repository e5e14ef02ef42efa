// The tables over logs in S3: columns with the names and types of AWS's own tables, and how a line becomes a row. What no pattern fits is
// a row of nulls, which the queries leave out.
// Not here: where the files are (athena.ts), what is asked (queries/).
// Facts: Athena guide "Create the table for ALB access logs", "Create the table for ALB connection logs", "Create a table for CloudFront
// standard logs (legacy)"; the pattern for user agents also takes quotes behind a backslash, which ELB writes for those of a client, and
// AWS's does not. Hive's RegexSerDe wants the whole line to fit, and leaves out groups beyond the last column.

/** A column, as the Glue catalogue has it. */
export interface Column {
  readonly name: string;
  readonly type: 'string' | 'int' | 'bigint' | 'double' | 'float' | 'date';
}

/** A table without its place. */
export interface LogTable {
  readonly name: string;
  readonly columns: readonly Column[];
  /** What fits a line, a group for each column; undefined where columns stand between tabs. */
  readonly pattern?: string;
}

function columns(type: Column['type'], ...names: readonly string[]): Column[] {
  return names.map((name) => ({ name, type }));
}

const QUOTED = '"([^"]*)"';
const QUOTED_WITH_ESCAPES = '"([^"\\\\]*(?:\\\\.[^"\\\\]*)*)"';
const TIME = '([-.0-9]*)';

/** Access logs of an Application Load Balancer. */
export const ALB_ACCESS_LOGS = {
  name: 'alb_access_logs',
  columns: [
    ...columns('string', 'type', 'time', 'elb', 'client_ip'),
    ...columns('int', 'client_port'),
    ...columns('string', 'target_ip'),
    ...columns('int', 'target_port'),
    ...columns('double', 'request_processing_time', 'target_processing_time', 'response_processing_time'),
    ...columns('int', 'elb_status_code'),
    ...columns('string', 'target_status_code'),
    ...columns('bigint', 'received_bytes', 'sent_bytes'),
    ...columns('string', 'request_verb', 'request_url', 'request_proto', 'user_agent', 'ssl_cipher', 'ssl_protocol', 'target_group_arn', 'trace_id', 'domain_name',
      'chosen_cert_arn', 'matched_rule_priority', 'request_creation_time', 'actions_executed', 'redirect_url', 'lambda_error_reason', 'target_port_list',
      'target_status_code_list', 'classification', 'classification_reason', 'conn_trace_id'),
  ],
  pattern: `([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*):([0-9]*) ([^ ]*)[:-]([0-9]*) ${TIME} ${TIME} ${TIME} (|[-0-9]*) (-|[-0-9]*) ([-0-9]*) ([-0-9]*) `
    + `"([^ ]*) (.*) (- |[^ ]*)" ${QUOTED_WITH_ESCAPES} ([A-Z0-9-_]+) ([A-Za-z0-9.-]*) ([^ ]*) ${QUOTED} ${QUOTED} ${QUOTED} ${TIME} ([^ ]*) ${QUOTED} ${QUOTED} `
    + '"([^ ]*)" "([^\\s]+?)" "([^\\s]+)" "([^ ]*)" "([^ ]*)" ?([^ ]*)?( .*)?',
} as const satisfies LogTable;

/** Connection logs of an Application Load Balancer. */
export const ALB_CONNECTION_LOGS = {
  name: 'alb_connection_logs',
  columns: [
    ...columns('string', 'time', 'client_ip'),
    ...columns('int', 'client_port', 'listener_port'),
    ...columns('string', 'tls_protocol', 'tls_cipher'),
    ...columns('double', 'tls_handshake_latency'),
    ...columns('string', 'leaf_client_cert_subject', 'leaf_client_cert_validity', 'leaf_client_cert_serial_number', 'tls_verify_status', 'conn_trace_id'),
  ],
  pattern: `([^ ]*) ([^ ]*) ([0-9]*) ([0-9]*) ([A-Za-z0-9.-]*) ([^ ]*) ${TIME} ${QUOTED} ([^ ]*) ([^ ]*) ([^ ]*) ?([^ ]*)?( .*)?`,
} as const satisfies LogTable;

/** Standard logs of CloudFront, legacy and version 2 in W3C format. */
export const CLOUDFRONT_LOGS = {
  name: 'cloudfront_standard_logs',
  columns: [
    ...columns('date', 'date'),
    ...columns('string', 'time', 'x_edge_location'),
    ...columns('bigint', 'sc_bytes'),
    ...columns('string', 'c_ip', 'cs_method', 'cs_host', 'cs_uri_stem'),
    ...columns('int', 'sc_status'),
    ...columns('string', 'cs_referrer', 'cs_user_agent', 'cs_uri_query', 'cs_cookie', 'x_edge_result_type', 'x_edge_request_id', 'x_host_header', 'cs_protocol'),
    ...columns('bigint', 'cs_bytes'),
    ...columns('float', 'time_taken'),
    ...columns('string', 'x_forwarded_for', 'ssl_protocol', 'ssl_cipher', 'x_edge_response_result_type', 'cs_protocol_version', 'fle_status'),
    ...columns('int', 'fle_encrypted_fields', 'c_port'),
    ...columns('float', 'time_to_first_byte'),
    ...columns('string', 'x_edge_detailed_result_type', 'sc_content_type'),
    ...columns('bigint', 'sc_content_len', 'sc_range_start', 'sc_range_end'),
  ],
} as const satisfies LogTable;
