// Access logs of API Gateway as JSON objects: the fields that the constructs of this library write (constructs/api-access-log.ts) and
// those of CDK's AccessLogFormat.jsonWithStandardFields. Names are those in the log, since Athena reads JSON by its keys.
// $context.protocol says HTTP/1.1 for HTTP/2 callers too, and only REST APIs have the TLS version.
// Facts: API Gateway guide "Variables for access logging", "Customize HTTP API access logs", "Configure logging for WebSocket APIs".

import { given } from './fields';
import { Answerer, isStatus, LoggedRequest, pathOf, protocolOf, SpokenProtocol, tlsOf } from './request';

const FIELDS = [
  'requestId', 'requestTime', 'ip', 'userAgent', 'domainName', 'stage', 'status', 'error', 'errorType', 'integrationStatus', 'integrationError',
  'httpMethod', 'path', 'resourcePath', 'protocol', 'responseLength', 'tlsVersion', 'cipherSuite', 'routeKey', 'eventType', 'connectionId',
] as const;

export type ApiGatewayRecord = Readonly<Partial<Record<(typeof FIELDS)[number], string>>>;

/** The record of an object, or undefined where it is not one of these logs. */
export function apiGatewayRecord(object: ReadonlyMap<string, string>): ApiGatewayRecord | undefined {
  if (!object.has('requestId') && !object.has('routeKey') && !object.has('httpMethod')) return undefined;
  const status = object.get('status');
  if (!isStatus(status) && status !== '-') return undefined;
  return Object.fromEntries(FIELDS.map((field) => [field, object.get(field)]));
}

export function apiGatewayRequest(record: ApiGatewayRecord): LoggedRequest {
  const status = record.status ?? '-';
  return {
    format: 'api-gateway',
    agent: given(record.userAgent) ?? '',
    protocol: spoken(record),
    tls: tlsOf(record.tlsVersion),
    status,
    opened: given(record.eventType) !== undefined ? opened(record) : undefined,
    answerer: answerer(record),
    verb: record.httpMethod ?? record.eventType ?? '',
    path: pathOf(given(record.path) ?? given(record.resourcePath) ?? given(record.routeKey) ?? ''),
    reason: given(record.errorType) ?? given(record.integrationError),
    masked426: record.integrationStatus === '426' && status !== '426',
  };
}

/** A message has a status of its own, but the handshake was before it. $connect lets the client in with 200, which the client sees as 101. */
function opened({ eventType, status }: ApiGatewayRecord): boolean {
  return eventType !== 'CONNECT' || status === '101' || (status ?? '').startsWith('2');
}

function spoken({ protocol, eventType }: ApiGatewayRecord): SpokenProtocol {
  if (given(eventType) !== undefined) return 'ws';
  const version = protocolOf(protocol);
  return version === 'HTTP/1.1' ? 'HTTP/1.1 or h2' : version;
}

function answerer({ status, integrationStatus }: ApiGatewayRecord): Answerer {
  if (!isStatus(integrationStatus)) return 'edge';
  return integrationStatus === status ? 'target' : 'edge';
}
