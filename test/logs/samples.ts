// Lines of each log, after the examples in the documentation of AWS, varied where a test needs another value.
// Sources: ELB guide "Access logs" and "Connection logs for your Application Load Balancer" (example entries); CloudFront guide
// "Standard logging reference" (the file example); constructs/api-access-log.ts for the fields of API Gateway.

const ARN = 'arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067';

/** What may differ from the example. */
export interface AlbLine {
  readonly type?: string;
  readonly status?: string;
  readonly target?: string;
  readonly request?: string;
  readonly agent?: string;
  readonly tls?: string;
  readonly reason?: string;
  readonly connection?: string;
}

export function alb({
  type = 'https', status = '200', target = status, request = 'GET https://www.example.com:443/ HTTP/1.1', agent = 'curl/7.46.0', tls = 'TLSv1.2', reason = '-', connection = 'TID_1234abcd5678ef90',
}: AlbLine = {}): string {
  return `${type} 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.086 0.048 0.037 ${status} ${target} 0 57 "${request}" `
    + `"${agent}" ECDHE-RSA-AES128-GCM-SHA256 ${tls} ${ARN} "Root=1-58337281-1d84f3d73c47ec4e58577259" "www.example.com" `
    + `"arn:aws:acm:us-east-2:123456789012:certificate/12345678-1234-1234-1234-123456789012" 1 2018-07-02T22:22:48.364000Z "authenticate,forward" "-" "${reason}" `
    + `"10.0.0.1:80" "${target}" "-" "-" ${connection}`;
}

/** The entries of the page for HTTP, HTTPS, HTTP/2, WebSockets, a failed Lambda function, and one of the days before the later fields. */
export const ALB = {
  http: `http 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - ${ARN} "Root=1-58337262-36d228ad5d99923122bbe354" "-" "-" 0 2018-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-" TID_1234abcd5678ef90 "-" "-" "-"`,
  https: alb(),
  h2: `h2 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 10.0.1.252:48160 10.0.0.66:9000 0.000 0.002 0.000 200 200 5 257 "GET https://10.0.2.105:773/ HTTP/2.0" "curl/7.46.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 ${ARN} "Root=1-58337327-72bd00b0343d75b906739c42" "-" "-" 1 2018-07-02T22:22:48.364000Z "redirect" "https://example.com:80/" "-" "10.0.0.66:9000" "200" "-" "-" TID_1234abcd5678ef90 "-" "-" "-"`,
  ws: `ws 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 10.0.0.140:40914 10.0.1.192:8010 0.001 0.003 0.000 101 101 218 587 "GET http://10.0.0.30:80/ HTTP/1.1" "-" - - ${ARN} "Root=1-58337364-23a8c76965a2ef7629b185e3" "-" "-" 1 2018-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.1.192:8010" "101" "-" "-" TID_1234abcd5678ef90 "-" "-" "-"`,
  lambda: `http 2018-11-30T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 - 0.000 0.001 0.000 502 - 34 366 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - ${ARN} "Root=1-58337364-23a8c76965a2ef7629b185e3" "-" "-" 0 2018-11-30T22:22:48.364000Z "forward" "-" "LambdaInvalidResponse" "-" "-" "-" "-" TID_1234abcd5678ef90 "-" "-" "-"`,
  old: `http 2016-08-10T22:08:42.945958Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET http://www.example.com:80/ HTTP/1.0" "ApacheBench/2.3" - - ${ARN} "Root=1-58337262-36d228ad5d99923122bbe354"`,
} as const;

const CLIENT = '"CN=amazondomains.com,O=endEntity,L=Seattle,ST=Washington,C=US" NotBefore=2023-09-21T22:43:21Z;NotAfter=2026-06-17T22:43:21Z FEF257372D5C14D4';

export const CONNECTION = {
  success: `2023-10-04T17:05:15.514108Z 203.0.113.1 36280 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 4.036 ${CLIENT} Success TID_3180a73013c8ca4bac2f731159d4b0fe`,
  failed: `2023-10-04T17:05:15.514108Z 203.0.113.1 36280 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 - ${CLIENT} Failed:ClientCertUntrusted TID_1c71a68d70587445ad5127ff8b2687d7`,
  refused: '2023-10-04T17:05:15.514108Z 203.0.113.1 36280 443 - - - "-" - - Failed:UnmappedConnectionError TID_1c71a68d70587445ad5127ff8b2687d8',
  old: '2023-10-04T17:05:15.514108Z 203.0.113.1 36281 443 TLSv1 ECDHE-RSA-AES128-SHA 0.005 "-" - - Success TID_0000000000000000000000000000000a secp256r1',
} as const;

export const CLOUDFRONT_HEADER = [
  '#Version: 1.0',
  '#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end',
] as const;

export interface CloudFrontLine {
  readonly status?: string;
  readonly agent?: string;
  readonly protocol?: string;
  readonly version?: string;
  readonly tls?: string;
  readonly path?: string;
  readonly detail?: string;
}

const CHROME = 'Mozilla/5.0%20(Windows%20NT%2010.0;%20Win64;%20x64)%20AppleWebKit/537.36%20(KHTML,%20like%20Gecko)%20Chrome/78.0.3904.108%20Safari/537.36';

export function cloudFront({ status = '200', agent = CHROME, protocol = 'https', version = 'HTTP/2.0', tls = 'TLSv1.2', path = '/index.html', detail = 'Hit' }: CloudFrontLine = {}): string {
  return [
    '2019-12-04', '21:02:31', 'LAX1', '392', '192.0.2.100', 'GET', 'd111111abcdef8.cloudfront.net', path, status, '-', agent, '-', '-', 'Hit',
    'SOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==', 'd111111abcdef8.cloudfront.net', protocol, '23', '0.001', '-', tls, 'ECDHE-RSA-AES128-GCM-SHA256', 'Hit',
    version, '-', '-', '11040', '0.001', detail, 'text/html', '78', '-', '-',
  ].join('\t');
}

/** The same as version 2 writes it in JSON. */
export function cloudFrontJson(line: CloudFrontLine = {}): string {
  const names = CLOUDFRONT_HEADER[1].split(' ').slice(1);
  return JSON.stringify(Object.fromEntries(cloudFront(line).split('\t').map((value, index) => [names[index], value])));
}

export function apiGateway(fields: Readonly<Record<string, string>> = {}): string {
  return JSON.stringify({ requestId: 'e2c4c6b5-0c1f-4d8e-9a6b-1f2e3d4c5b6a', requestTime: '25/Nov/2025:10:00:00 +0000', ip: '192.0.2.1', userAgent: 'python-requests/2.32.3', domainName: 'api.example.com', stage: 'prod', status: '200', error: '-', errorType: '-', integrationStatus: '200', integrationError: '-', httpMethod: 'GET', path: '/orders/17', protocol: 'HTTP/1.1', responseLength: '17', resourcePath: '/orders/{id}', tlsVersion: 'TLSv1.2', cipherSuite: 'ECDHE-RSA-AES128-GCM-SHA256', ...fields });
}

/** As the constructs have it for a WebSocket API. */
export function webSocketApi(eventType: string, status: string): string {
  return JSON.stringify({ requestId: 'a', requestTime: 'b', ip: '192.0.2.1', userAgent: '-', domainName: 'ws.example.com', stage: 'prod', status, error: '-', errorType: '-', integrationStatus: status, integrationError: '-', eventType, routeKey: '$connect', connectionId: 'Z' });
}
