// The TypeScript of documents and rule pages, compiled: what a snippet calls, and every enum member and property that it
// names, must exist in aws-cdk-lib or here. A snippet is a whole program, statements inside a construct, or some properties of an object.
// Not here: what the snippets should say.

import { join } from 'path';
import * as ts from 'typescript';

/** What snippets may take for granted: modules by their usual names, and the things that a reader has already. */
const CONTEXT = `
import { Construct } from 'constructs';
import { App, Aspects, Aws, Duration, Fn, IPropertyInjector, Mixins, Stack, Validations } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancing';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { HttpApi, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpAlbIntegration, HttpNlbIntegration, HttpUrlIntegration, WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import {
  Client, EdgeDistribution, EdgeHttpApi, EdgeLoadBalancer, EdgeLogsMixin, EdgeNetworkLoadBalancer, EdgeOrigin, EdgeRestApi, EdgeService, EdgeWebSocketApi, EndpointCanary, EndpointGate,
  GoogleCloudBackendProtocol, GoogleCloudMode, GunicornCleartextHttp2, GunicornWorker, HandshakeAspect, HandshakeBlueprint, HandshakeChecks, HandshakeMonitoring, HaproxySidecar,
  Hop, Http2Mixin, IdleTimeoutMixin, InspectionProduct, NginxSidecar, Protocol, Protocols, Proxy, ReportFormat, RuleLevel, Server, ServerPreset, TlsHop, TlsPolicyMixin, TlsPosture,
  WebSocketHeadersMixin,
} from 'cdk-handshake';
declare const alb: elbv2.ApplicationLoadBalancer;
declare const nlb: elbv2.NetworkLoadBalancer;
declare const listener: elbv2.ApplicationListener;
declare const group: elbv2.ApplicationTargetGroup;
declare const grpcGroup: elbv2.ApplicationTargetGroup;
declare const containerGroup: elbv2.ApplicationTargetGroup;
declare const certificate: acm.ICertificate;
declare const vpc: ec2.IVpc;
declare const bucket: s3.IBucket;
declare const distribution: cloudfront.Distribution;
declare const origin: cloudfront.IOrigin;
declare const api: apigateway.RestApi;
declare const httpApi: apigatewayv2.HttpApi;
declare const webSocketApi: apigatewayv2.WebSocketApi;
declare const vpcLink: apigatewayv2.IVpcLink;
declare const integration: apigatewayv2.WebSocketRouteIntegration;
declare const deployment: apigatewayv2.CfnDeployment;
declare const connectRoute: apigatewayv2.CfnRoute;
declare const sendRoute: apigatewayv2.CfnRoute;
declare const domainName: string;
declare const handler: lambda.IFunction;
declare const construct: Construct;
declare const taskDefinition: ecs.FargateTaskDefinition;
declare const targetGroup: elbv2.ApplicationTargetGroup;
declare const app: App;
declare const topic: sns.ITopic;
`;

/** Property snippets are parts of one of these; each property must be one that the type has. */
const PROPS = [
  'elbv2.ApplicationTargetGroupProps', 'elbv2.ApplicationLoadBalancerProps', 'elbv2.BaseApplicationListenerProps', 'elbv2.AddApplicationTargetGroupsProps',
  'elbv2.NetworkTargetGroupProps', 'elbv2.NetworkLoadBalancerProps', 'elbv2.BaseNetworkListenerProps',
  'cloudfront.DistributionProps', 'cloudfront.BehaviorOptions', 'cloudfront.OriginRequestPolicyProps', 'cloudfront.OriginProps',
  'origins.HttpOriginProps', 'origins.LoadBalancerV2OriginProps', 'origins.VpcOriginWithEndpointProps',
  'apigateway.RestApiProps', 'apigateway.DomainNameProps', 'apigateway.IntegrationOptions', 'apigatewayv2.HttpApiProps', 'apigatewayv2.WebSocketApiProps',
  'apigatewayv2.WebSocketStageProps', 'apigatewayv2.DomainNameProps', 'integrations.HttpAlbIntegrationProps', 'integrations.HttpNlbIntegrationProps',
  'ecs.FargateServiceProps', 'ecs.ServiceConnectProps', 'ecs.PortMapping', 'lambda.FunctionUrlOptions',
];

const ROOT = join(__dirname, '..', '..');

/** What is wrong with the snippets, by their key; those that are right are left out. */
export function compile(snippets: ReadonlyMap<string, string>): Map<string, string> {
  const files = new Map<string, { key: string; code: string }[]>();
  for (const [key, snippet] of snippets) {
    const name = key.replace(/\W/g, '_');
    const candidates = isProperties(snippet) ? PROPS.map((type) => propertiesOf(snippet, type)) : [statement(snippet)];
    files.set(key, candidates.map((code, index) => ({ key: join(ROOT, `${name}.${index}.snippet.ts`), code })));
  }
  const texts = new Map([...files.values()].flat().map(({ key, code }) => [key, code]));
  const diagnose = diagnostics(texts);
  const wrong = new Map<string, string>();
  for (const [key, candidates] of files) {
    const errors = candidates.map((candidate) => diagnose(candidate.key));
    if (errors.every((messages) => messages.length > 0)) wrong.set(key, nearest(errors).join('\n'));
  }
  return wrong;
}

/** The errors of the type that fits best: the fewest, and not "has no properties in common". */
function nearest(errors: readonly (readonly string[])[]): readonly string[] {
  return [...errors].sort((one, other) => one.length - other.length || other.join().length - one.join().length)[0];
}

/** Whether a snippet is `name: value, …` rather than a statement. */
function isProperties(snippet: string): boolean {
  return /^\s*(\/\/.*\n\s*)*\w+:\s/.test(snippet);
}

function propertiesOf(snippet: string, type: string): string {
  return `${CONTEXT}\nexport const snippet: Partial<${type}> = {\n${snippet}\n};\n`;
}

/** Declarations of a snippet stand before the class, as jsii-rosetta does it. */
function statement(snippet: string): string {
  if (/^import /m.test(snippet)) return snippet;
  const lines = snippet.split('\n');
  const declared = lines.filter((line) => line.startsWith('declare '));
  const names = declared.flatMap((line) => [...line.matchAll(/(?:const|,) (\w+):/g)].map(([, name]) => name));
  const context = CONTEXT.split('\n').filter((line) => !names.includes(/^declare const (\w+)/.exec(line)?.[1] ?? ''));
  const rest = lines.filter((line) => !declared.includes(line));
  return [...context, ...declared, 'export class Snippet extends Construct {', 'public make(): void {', ...rest, '}', '}', ''].join('\n');
}

function diagnostics(texts: ReadonlyMap<string, string>): (file: string) => string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    paths: { 'cdk-handshake': [join(ROOT, 'src', 'index.ts')] },
    experimentalDecorators: true,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = texts.get(file);
    return text === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return (file) => {
    const source = program.getSourceFile(file)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  };
}
