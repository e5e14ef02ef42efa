// Writes an ALB access log of a given size, plausible and always the same, to measure `cdk-handshake logs` with:
//   npx ts-node test/bench/generate-alb-logs.ts 200 /tmp/alb.log    (MB; a name that ends with .gz is gzipped)
// The lines follow the ELB guide "Access logs for your Application Load Balancer"; shares of clients are made up.

import { createWriteStream } from 'fs';
import { PassThrough } from 'stream';
import { finished } from 'stream/promises';
import { createGzip } from 'zlib';

const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0',
  'Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko',
  'python-requests/2.32.3', 'okhttp/4.12.0', 'curl/7.88.1', 'Java/1.7.0_80', 'Go-http-client/1.1', 'ELB-HealthChecker/2.0', 'ApacheBench/2.3', '-',
];

/** The generator of Park and Miller, so that every run writes the same. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

function line(pick: (below: number) => number, number: number): string {
  const agent = AGENTS[pick(AGENTS.length)];
  const chance = pick(1000);
  const result = pick(1000);
  const old = agent.startsWith('Java/1.7');
  const [type, proto] = agent.startsWith('ApacheBench') ? ['https', 'HTTP/1.0'] : chance < 400 ? ['h2', 'HTTP/2.0'] : chance < 420 ? ['wss', 'HTTP/1.1'] : ['https', 'HTTP/1.1'];
  const status = type === 'wss' ? '101' : result < 3 ? '464' : result < 5 ? '426' : result < 12 ? '502' : result < 40 ? '404' : '200';
  const target = status === '464' || status === '502' ? '-' : status;
  const [cipher, tls] = old ? ['ECDHE-RSA-AES128-SHA', 'TLSv1'] : chance % 3 === 0 ? ['ECDHE-RSA-AES128-GCM-SHA256', 'TLSv1.2'] : ['TLS_AES_128_GCM_SHA256', 'TLSv1.3'];
  const path = type === 'wss' ? '/ws' : `/api/v1/orders/${pick(20000)}?page=${pick(50)}&sort=created`;
  const time = new Date(Date.UTC(2026, 0, 1) + number * 37).toISOString().replace('Z', '186Z');
  const address = `203.0.113.${pick(256)}:${1024 + pick(60000)}`;
  const id = (number * 2654435761 % 4294967296).toString(16).padStart(8, '0');
  return `${type} ${time} app/shop/50dc6c495c0c9188 ${address} 10.0.1.${pick(16)}:8080 0.000 0.0${pick(90) + 10} 0.000 ${status} ${target} ${pick(900)} ${pick(9000)} `
    + `"GET https://shop.example.com:443${path} ${proto}" "${agent}" ${cipher} ${tls} `
    + `arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop/73e2d6bc24d8a067 "Root=1-${id}-1d84f3d73c47ec4e58577259" "shop.example.com" `
    + `"arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012" ${pick(9)} ${time} "forward" "-" "-" "10.0.1.5:8080" "${target}" "-" "-" `
    + `TID_${id}cafe4b1f9d2b00a1 "-" "-" "-"\n`;
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

void main(process.argv.slice(2));
