// A folder as the documents take one for granted: an assembly in cdk.out and that of the main branch, a template, logs, a baseline; and
// an endpoint on loopback that stands for https://shop.example.com: HTTP/1.1 and HTTP/2, WebSockets and gRPC at any path, TLS 1.2 and 1.3.
// Not here: which commands run in it (commands.test.ts).

import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { createSecureServer, ServerHttp2Stream } from 'http2';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { WebSocketServer } from 'ws';
import { ROOT } from './markdown';
import { EdgeLoadBalancer, Server } from '../../src';
import { main } from '../../src/cli/main';
import { alb, ALB } from '../logs/samples';
import { Authority } from '../probe/authority';
import { started } from '../probe/started';

/** The folder; `as` makes a fresh copy of it. */
export class Shelf {
  private readonly folder = mkdtempSync(join(tmpdir(), 'handshake-docs-'));
  private readonly original = join(this.folder, 'original');

  constructor() {
    mkdirSync(join(this.original, 'AWSLogs'), { recursive: true });
    assembly(join(this.original, 'cdk.out'));
    for (const other of ['main', 'branch']) cpSync(join(this.original, 'cdk.out'), join(this.original, other, 'cdk.out'), { recursive: true });
    copyFileSync(join(ROOT, 'docs', 'samples', 'template.yaml'), join(this.original, 'template.yaml'));
    writeFileSync(join(this.original, 'AWSLogs', 'alb.log'), [alb(), ALB.h2, ALB.ws, alb({ tls: 'TLSv1', agent: 'Java/1.7.0_80' }), ''].join('\n'));
    for (const name of ['cloudfront', 'api.json.gz']) cpSync(join(this.original, 'AWSLogs'), join(this.original, name), { recursive: true });
    writeFileSync(join(this.original, 'handshake-baseline.json'), '{ "version": 1, "findings": [] }\n');
    writeFileSync(join(this.original, 'app.template.json'), '{ "Resources": { "Queue": { "Type": "AWS::SQS::Queue" } } }\n');
  }

  public copy(name: string): string {
    const copy = join(this.folder, name.replace(/\W+/g, '-'));
    cpSync(this.original, copy, { recursive: true });
    return copy;
  }

  public end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A shop on which everybody gets through. */
function assembly(outdir: string): void {
  const app = new App({ outdir, context: { 'aws:cdk:enable-path-metadata': true } });
  const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
  const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/5a9b8c7d');
  const edge = new EdgeLoadBalancer(stack, 'Edge', { vpc, internetFacing: true, certificates: [certificate] });
  edge.addHttpTargets('Web', { targets: [new IpTarget('10.0.1.10')], server: Server.http1({ port: 8080 }) });
  edge.addWebSocketTargets('Chat', { paths: ['/ws', '/chat/*'], targets: [new IpTarget('10.0.1.11')], server: Server.nodeWs({ port: 8081, pingInterval: Duration.seconds(25) }) });
  const validation = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = 'false';
  app.synth();
  if (validation === undefined) delete process.env.CDK_VALIDATION;
  else process.env.CDK_VALIDATION = validation;
}

/** Starts the endpoint; gives its port. */
export async function endpoint(authority: Authority): Promise<number> {
  const server = createSecureServer({ ...authority.credentials('shop.example.com'), allowHTTP1: true }, (request, response) => {
    if (request.headers['content-type'] !== 'application/grpc') response.end('ok\n');
  });
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    if (headers['content-type'] !== 'application/grpc') return;
    stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '12' }, { endStream: true });
  });
  new WebSocketServer({ server: server as never });
  return started(server);
}

export interface Ran { readonly status: number; readonly stdout: string; readonly stderr: string }

/** Runs the command here, from the sources, in a folder. */
export async function run(args: readonly string[], folder: string): Promise<Ran> {
  const [out, err]: string[][] = [[], []];
  const stream = (lines: string[]) => ({ isTTY: false, write: (written: string) => lines.push(written) > 0 }) as unknown as NodeJS.WriteStream;
  const before = process.cwd();
  process.chdir(folder);
  try {
    return { status: await main(args, stream(out), stream(err)), stdout: out.join(''), stderr: err.join('') };
  } finally {
    process.chdir(before);
  }
}
