// Writes an ALB access log of a given size, plausible and always the same, to measure `cdk-handshake logs` with:
//   npx ts-node test/bench/generate-alb-logs.ts 200 /tmp/alb.log    (MB; a name that ends with .gz is gzipped)
// The lines follow the ELB guide "Access logs for your Application Load Balancer"; shares of clients are made up.

import { createWriteStream } from 'fs';
import { PassThrough } from 'stream';
import { finished } from 'stream/promises';
import { createGzip } from 'zlib';

/** Who calls: user agent, version of HTTP, TLS, and how many of a thousand. */
const CLIENTS = [
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36', 'h2', 'TLSv1.3', 380],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15', 'h2', 'TLSv1.3', 180],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0', 'h2', 'TLSv1.3', 70],
  ['okhttp/4.12.0', 'h2', 'TLSv1.3', 130],
  ['python-requests/2.32.3', 'HTTP/1.1', 'TLSv1.3', 90],
  ['curl/7.88.1', 'h2', 'TLSv1.3', 20],
  ['Java/1.8.0_321', 'HTTP/1.1', 'TLSv1.2', 60],
  ['Go-http-client/1.1', 'HTTP/1.1', 'TLSv1.3', 30],
  ['Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko', 'HTTP/1.1', 'TLSv1.2', 12],
  ['-', 'HTTP/1.1', 'TLSv1.2', 15],
  ['Java/1.7.0_80', 'HTTP/1.1', 'TLSv1', 8],
  ['ApacheBench/2.3', 'HTTP/1.0', 'TLSv1.2', 5],
] as const;

const CIPHERS = { 'TLSv1.3': 'TLS_AES_128_GCM_SHA256', 'TLSv1.2': 'ECDHE-RSA-AES128-GCM-SHA256', 'TLSv1': 'ECDHE-RSA-AES128-SHA' } as const;

/** The generator of Park and Miller, so that every run writes the same. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

function line(pick: (below: number) => number, number: number): string {
  let chance = pick(1000);
  const [agent, version, tls] = CLIENTS.find((client) => (chance -= client[3]) < 0)!;
  const place = pick(1000);
  // WebSockets fail now and then with the server's 426, and one target group takes HTTP/2 alone.
  const webSocket = place < 20 && version === 'h2';
  const opened = webSocket && place > 0;
  const type = opened ? 'wss' : version === 'h2' && !webSocket ? 'h2' : 'https';
  const proto = type === 'h2' ? 'HTTP/2.0' : version === 'h2' ? 'HTTP/1.1' : version;
  const toHttp2 = !webSocket && place < 24;
  const status = opened ? '101' : webSocket ? '426' : toHttp2 && version !== 'h2' ? '464' : place < 30 ? '502' : place < 60 ? '404' : '200';
  const target = status === '464' || status === '502' ? '-' : status;
  const path = webSocket ? '/ws' : toHttp2 ? '/shop.Cart/Get' : `/api/v1/orders/${pick(20000)}?page=${pick(50)}&sort=created`;
  const time = new Date(Date.UTC(2026, 0, 1) + number * 37).toISOString().replace('Z', '186Z');
  const address = `203.0.113.${pick(256)}:${1024 + pick(60000)}`;
  const id = (number * 2654435761 % 4294967296).toString(16).padStart(8, '0');
  return `${type} ${time} app/shop/50dc6c495c0c9188 ${address} 10.0.1.${pick(16)}:8080 0.000 0.0${pick(90) + 10} 0.000 ${status} ${target} ${pick(900)} ${pick(9000)} `
    + `"GET https://shop.example.com:443${path} ${proto}" "${agent}" ${CIPHERS[tls]} ${tls} `
    + `arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop/73e2d6bc24d8a067 "Root=1-${id}-1d84f3d73c47ec4e58577259" "shop.example.com" `
    + `"arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012" ${pick(9)} ${time} "forward" "-" "-" "10.0.1.5:8080" "${target}" "-" "-" `
    + `TID_${id}cafe4b1f9d2b00a1 "-" "-" "-"\n`;
}

/** The first lines, each with its end. */
export function albLines(count: number): string[] {
  const pick = random(20260101);
  return Array.from({ length: count }, (_, number) => line(pick, number));
}

async function main([megabytes = '200', file = 'alb.log']: readonly string[]): Promise<void> {
  const pick = random(20260101);
  const sink = createWriteStream(file);
  const out = new PassThrough();
  (file.endsWith('.gz') ? out.pipe(createGzip()) : out).pipe(sink);
  for (let written = 0, number = 0; written < Number(megabytes) * 1e6;) {
    let block = '';
    for (let count = 0; count < 500; count++) block += line(pick, number++);
    written += block.length;
    if (!out.write(block)) await new Promise((resolve) => out.once('drain', resolve));
  }
  out.end();
  await finished(sink);
}

if (require.main === module) void main(process.argv.slice(2));
