// Lines of each format become records with the names of AWS's tables, and requests or connections with what the questions need.

import * as fc from 'fast-check';
import { ALB, alb, apiGateway, cloudFront, CLOUDFRONT_HEADER, cloudFrontJson, CONNECTION, webSocketApi } from './samples';
import { albRecord } from '../../src/logs/alb';
import { albConnectionRecord } from '../../src/logs/alb-connection';
import { cloudFrontRecord } from '../../src/logs/cloudfront';
import { fieldsOf } from '../../src/logs/fields';
import { Recogniser } from '../../src/logs/recognise';

const request = (line: string, before: readonly string[] = []) => {
  const recogniser = new Recogniser();
  for (const header of before) expect(recogniser.line(header)).toEqual({ kind: 'header' });
  return recogniser.line(line);
};

test('the record of an ALB line has the columns of the table for Athena', () => {
  expect(albRecord(ALB.http)).toMatchObject({ type: 'http', time: '2018-07-02T22:23:00.186641Z', elb: 'app/my-loadbalancer/50dc6c495c0c9188', elb_status_code: '200', target_status_code: '200', request_verb: 'GET', request_url: 'http://www.example.com:80/', request_proto: 'HTTP/1.1', user_agent: 'curl/7.46.0', ssl_cipher: '-', ssl_protocol: '-', trace_id: 'Root=1-58337262-36d228ad5d99923122bbe354', domain_name: '-', matched_rule_priority: '0', actions_executed: 'forward', classification_reason: '-', conn_trace_id: 'TID_1234abcd5678ef90' });
});

test('so have connections and CloudFront', () => {
  expect(albConnectionRecord(CONNECTION.failed)).toMatchObject({ client_ip: '203.0.113.1', client_port: '36280', listener_port: '443', tls_protocol: 'TLSv1.2', tls_handshake_latency: '-', tls_verify_status: 'Failed:ClientCertUntrusted', leaf_client_cert_subject: 'CN=amazondomains.com,O=endEntity,L=Seattle,ST=Washington,C=US', conn_trace_id: 'TID_1c71a68d70587445ad5127ff8b2687d7' });
  expect(cloudFrontRecord(cloudFront())).toMatchObject({ date: '2019-12-04', cs_host: 'd111111abcdef8.cloudfront.net', cs_protocol_version: 'HTTP/2.0', c_port: '11040', sc_range_end: '-' });
});

test.each<[string, string, object]>([
  ['HTTP', ALB.http, { format: 'alb', agent: 'curl/7.46.0', protocol: 'HTTP/1.1', tls: undefined, status: '200', answerer: 'target', path: '/', opened: undefined }],
  ['HTTPS', ALB.https, { protocol: 'HTTP/1.1', tls: '1.2', connection: 'TID_1234abcd5678ef90' }],
  ['HTTP/2', ALB.h2, { protocol: 'h2', tls: '1.2' }],
  ['a WebSocket', ALB.ws, { protocol: 'ws', status: '101', opened: true, agent: '' }],
  ['a Lambda function', ALB.lambda, { status: '502', answerer: 'edge', reason: 'LambdaInvalidResponse' }],
  ['a line of 2016', ALB.old, { protocol: 'HTTP/1.0', connection: undefined }],
  ['gRPC', alb({ type: 'grpcs', request: 'POST https://a:443/pkg.Service/Method HTTP/2.0' }), { protocol: 'grpc', path: '/pkg.Service/Method' }],
  ['a 464', alb({ status: '464', target: '-' }), { status: '464', answerer: 'edge' }],
  ['a 426', alb({ status: '426', request: 'GET https://a:443/orders/17?x=1 HTTP/1.1' }), { answerer: 'target', path: '/orders/{id}' }],
  ['quotes of a client', alb({ agent: 'a \\"quoted\\" agent \\\\' }), { agent: 'a \\"quoted\\" agent \\\\', tls: '1.2' }],
  ['no request', alb({ status: '400', target: '-', request: '- http://www.example.com:80- -' }), { status: '400', verb: '-' }],
  ['CloudFront', cloudFront(), { format: 'cloudfront', protocol: 'h2', tls: '1.2', path: '/index.html', agent: expect.stringContaining('Chrome/78.0.3904.108 Safari') }],
  ['CloudFront of old', cloudFront({ agent: 'Mozilla/5.0%2520(X11)' }), { agent: 'Mozilla/5.0 (X11)' }],
  ['CloudFront in JSON', cloudFrontJson({ version: 'HTTP/3.0', tls: 'TLSv1.3' }), { format: 'cloudfront', protocol: 'h3', tls: '1.3' }],
  ['a WebSocket of CloudFront', cloudFront({ protocol: 'wss', status: '101', version: 'HTTP/1.1' }), { protocol: 'ws', opened: true }],
  ['one that fails', cloudFrontJson({ protocol: 'wss', status: '502', detail: 'OriginDnsError' }), { protocol: 'ws', opened: false, reason: 'OriginDnsError' }],
  ['a REST API', apiGateway(), { format: 'api-gateway', protocol: 'HTTP/1.1 or h2', tls: '1.2', agent: 'python-requests/2.32.3', path: '/orders/{id}', answerer: 'target' }],
  ['a 426 that is masked', apiGateway({ status: '502', integrationStatus: '426' }), { masked426: true, status: '502' }],
  ['an export of CloudWatch', `2025-11-25T10:00:00.000Z ${apiGateway()}`, { format: 'api-gateway' }],
  ['a WebSocket API', webSocketApi('CONNECT', '200'), { protocol: 'ws', opened: true }],
  ['a $connect refused', webSocketApi('CONNECT', '403'), { protocol: 'ws', opened: false }],
  ['a message that failed', webSocketApi('MESSAGE', '500'), { protocol: 'ws', opened: true, status: '500' }],
])('%s', (_, line, expected) => {
  expect(request(line)).toEqual({ kind: 'request', request: expect.objectContaining(expected) });
});

test.each<[string, string, object]>([
  ['that succeeds', CONNECTION.success, { tls: '1.2', result: 'Success' }],
  ['with a certificate that is not trusted', CONNECTION.failed, { result: 'Failed:ClientCertUntrusted' }],
  ['without a common version', CONNECTION.refused, { tls: undefined, result: 'Failed:UnmappedConnectionError' }],
  ['of later days', CONNECTION.old, { tls: '1.0', connection: 'TID_0000000000000000000000000000000a' }],
])('a connection %s', (_, line, expected) => {
  expect(request(line)).toEqual({ kind: 'connection', connection: expect.objectContaining(expected) });
});

test('the header of CloudFront names the columns, in any order and number', () => {
  expect(request('426\tcurl/8.0\thttps\tHTTP/1.0\tx', ['#Version: 1.0', '#Fields: sc-status cs(User-Agent) cs-protocol cs-protocol-version asn']))
    .toMatchObject({ request: { status: '426', agent: 'curl/8.0', protocol: 'HTTP/1.0' } }); expect(request(cloudFront(), CLOUDFRONT_HEADER)).toMatchObject({ kind: 'request' });
  expect(request(`${cloudFront()}\tmore`, CLOUDFRONT_HEADER)).toBeUndefined();
});

test.each<[string, string]>([
  ['a line of nginx', '127.0.0.1 - - [25/Nov/2025:10:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "curl/8"'],
  ['a Classic Load Balancer', '2015-05-13T23:39:43.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.38.0" - -'],
  ['a quote that is not closed', ALB.http.slice(0, ALB.http.indexOf('curl'))],
  ['an ALB line cut short', ALB.http.slice(0, 100)],
  ['a status that is none', alb({ status: '20x' })],
  ['JSON cut short', apiGateway().slice(0, 40)],
  ['JSON of something else', '{"level":"info","status":"ok"}'],
  ['a prototype', '{"__proto__":{"status":"200","requestId":"1"},"constructor":1}'],
  ['an array', '[1,2]'],
  ['deep JSON', '{"a":'.repeat(50_000)],
  ['a comment', '# a comment'],
  ['text with tabs', '2019-12-04\t21:02:31\tx'],
])('%s is not understood', (_, line) => {
  expect(request(line)).toBeUndefined();
});

test('no line throws, alone or behind any header', () => {
  const mutated = fc.constantFrom(...Object.values(ALB), ...Object.values(CONNECTION), cloudFront(), cloudFrontJson(), apiGateway()).chain((line) =>
    fc.tuple(fc.nat(line.length), fc.nat(20), fc.string({ unit: 'binary' })).map(([at, cut, text]) => line.slice(0, at) + text + line.slice(at + cut)));
  const columns = fc.array(fc.constantFrom('__proto__', 'constructor', 'sc-status', 'cs(User-Agent)', 'x')).map((names) => `#Fields: ${names.join(' ')}`);
  fc.assert(fc.property(fc.array(fc.oneof(mutated, columns, fc.string({ unit: 'binary' }), fc.json())), (lines) => {
    const recogniser = new Recogniser();
    for (const line of lines) recogniser.line(line);
  }), { numRuns: 500 });
}, 60_000);

test('fields come back as they were quoted', () => {
  const field = fc.string({ unit: 'grapheme-ascii' });
  fc.assert(fc.property(fc.array(field, { minLength: 1 }), (fields) => {
    const quoted = fields.map((text) => text.replace(/[\\"]/g, '\\$&'));
    expect(fieldsOf(quoted.map((text) => `"${text}"`).join(' '))).toEqual(quoted);
  }));
});
