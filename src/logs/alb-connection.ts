// Connection logs of an Application Load Balancer: one line per attempt to connect, the failed ones among them, which no access
// log has. There is no user agent in it; conn_trace_id leads to the requests of the connection.
// Facts: ELB guide "Connection logs for your Application Load Balancer" (tls_keyexchange came later); Athena guide "Create the table
// for ALB connection logs" (names of columns). Lines of a Classic Load Balancer begin alike, but have no port in the third field.

import { fieldsOf, given } from './fields';
import { LoggedConnection, tlsOf } from './request';

export interface AlbConnectionRecord {
  readonly time: string;
  readonly client_ip: string;
  readonly client_port: string;
  readonly listener_port: string;
  readonly tls_protocol: string;
  readonly tls_cipher: string;
  readonly tls_handshake_latency: string;
  readonly leaf_client_cert_subject: string;
  readonly leaf_client_cert_validity: string;
  readonly leaf_client_cert_serial_number: string;
  readonly tls_verify_status: string;
  readonly conn_trace_id?: string;
  readonly tls_keyexchange?: string;
}

/** The record of a line, or undefined where it is not one of these logs. */
export function albConnectionRecord(line: string): AlbConnectionRecord | undefined {
  if (line.charAt(4) !== '-' || line.charAt(10) !== 'T') return undefined;
  const f = fieldsOf(line);
  if (f === undefined || f.length < 11 || !isPort(f[2]) || !isPort(f[3])) return undefined;
  return {
    time: f[0],
    client_ip: f[1],
    client_port: f[2],
    listener_port: f[3],
    tls_protocol: f[4],
    tls_cipher: f[5],
    tls_handshake_latency: f[6],
    leaf_client_cert_subject: f[7],
    leaf_client_cert_validity: f[8],
    leaf_client_cert_serial_number: f[9],
    tls_verify_status: f[10],
    conn_trace_id: f[11],
    tls_keyexchange: f[12],
  };
}

export function albConnection(record: AlbConnectionRecord): LoggedConnection {
  return { tls: tlsOf(record.tls_protocol), result: given(record.tls_verify_status), connection: given(record.conn_trace_id) };
}

function isPort(text: string): boolean {
  return text.length > 0 && text.length <= 5 && Number.isInteger(Number(text));
}
