// Synthesizes a stack as a user would, with three judges: our pack with the clients that every construct promises to serve,
// cdk-nag's AwsSolutionsChecks, and the CDK's own validation with its findings as errors. Their verdicts come back as text, one
// line a finding, so that a test shows what is wrong.

import * as fs from 'fs';
import * as path from 'path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Certificate, ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Client, HandshakeChecks } from '../../src';

// What is not synthesized by accept() does without the CDK's own validation, which takes seconds to load.
process.env.CDK_VALIDATION = 'false';

/** The clients that every construct serves, each on the paths of its kind. */
export const PROMISED = ['http/1.1', 'h2', 'h3', 'wss', 'wss-browser', 'grpc', 'tls1.2-only', 'tls1.3-only'].map((id) => Client.of(id));

/** What a new project has in its cdk.json. */
export const FLAGS: Record<string, unknown> = JSON.parse(fs.readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8'));

export interface AcceptOptions {
  /** Clients that have to be served. */
  readonly serve?: Client[];
  /** Feature flags and other context. */
  readonly context?: Record<string, unknown>;
  /** Account and region; without it the stack is environment-agnostic. */
  readonly env?: { account: string; region: string };
  /** Only our pack, which is much faster. */
  readonly onlyPack?: boolean;
}

export interface Accepted {
  /** Findings of our pack that are errors or warnings. */
  readonly handshake: string[];
  /** Findings of AwsSolutionsChecks that are not acknowledged. */
  readonly nag: string[];
  /** Findings of the CDK's own validation. */
  readonly cdk: string[];
  /** What was acknowledged, `rule: reason`. */
  readonly acknowledged: string[];
  /** The templates by file name. */
  readonly templates: Record<string, any>;
}

/** The construct passes: nobody has anything to say against it. */
export const NOTHING = { handshake: [], nag: [], cdk: [] };

export function accept(build: (stack: Stack) => void, options: AcceptOptions = {}): Accepted {
  process.env.CDK_VALIDATION = options.onlyPack ? 'false' : 'true';
  const app = new App({ context: { ...FLAGS, '@aws-cdk/core:validateAgainstDefaultRules': true, ...options.context } });
  const stack = new Stack(app, 'Test', { env: options.env });
  build(stack);
  Validations.of(app).addPlugins(new HandshakeChecks(app, { serve: options.serve ?? PROMISED }));
  if (!options.onlyPack) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const screen = jest.spyOn(console, 'error').mockImplementation();
  try {
    app.synth();
  } catch (thrown) {
    if (!(thrown as Error).message.includes('validation-report.json')) throw thrown;
  } finally {
    screen.mockRestore();
  }
  const reports: any[] = JSON.parse(fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8')).pluginReports;
  const of = (wanted: (name: string) => boolean) => reports.filter(({ pluginName }) => wanted(pluginName));
  const findings = (report: any) => report.violations.map((violation: any) =>
    `${violation.severity} ${violation.ruleName} at ${violation.violatingConstructs.map((one: any) => one.constructPath).join(', ')}: ${violation.description}`);
  const isOurs = (name: string) => name === 'Handshake';
  const isNag = (name: string) => name.startsWith('AwsSolutions');
  return {
    handshake: of(isOurs).flatMap(findings).filter((text) => !text.startsWith('info')).sort(),
    nag: of(isNag).flatMap(findings).sort(),
    cdk: of((name) => !isOurs(name) && !isNag(name)).flatMap(findings).sort(),
    acknowledged: reports.flatMap(({ suppressedViolations }) => suppressedViolations ?? []).map(({ ruleName, reason }: any) => `${ruleName}: ${reason}`).sort(),
    templates: Object.fromEntries(fs.readdirSync(app.outdir).filter((file) => file.endsWith('.template.json'))
      .map((file) => [file, JSON.parse(fs.readFileSync(path.join(app.outdir, file), 'utf8'))])),
  };
}

/** The ids of the annotations (`cdk-handshake:…`) that the build leaves in the assembly, with their texts. */
export function annotations(build: (stack: Stack) => void): string[] {
  process.env.CDK_VALIDATION = 'false';
  const app = new App();
  const stack = new Stack(app, 'Test');
  build(stack);
  return app.synth().getStackByName('Test').messages
    .map(({ level, entry }) => `${level}: ${String(entry.data)}`)
    .filter((text) => text.includes('cdk-handshake:'));
}

/** A VPC that is not part of what is tested. */
export function someVpc(stack: Stack): IVpc {
  return Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    vpcCidrBlock: '10.0.0.0/16',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    publicSubnetIds: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
    publicSubnetRouteTableIds: ['rtb-0123456789abcdef1', 'rtb-0123456789abcdef2'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcdef3', 'rtb-0123456789abcdef4'],
    privateSubnetIds: ['subnet-0123456789abcdef3', 'subnet-0123456789abcdef4'],
  });
}

export function someCertificate(stack: Stack, region = 'eu-west-1'): ICertificate {
  return Certificate.fromCertificateArn(stack, `Certificate-${region}`, `arn:aws:acm:${region}:111122223333:certificate/12345678-1234-1234-1234-123456789012`);
}
