// The blueprint as a whole: a plain app that the pack rejects and one line that makes it pass; which scope's injectors count; how
// a team's own go with it; and, for any properties of the L2s, that nobody is lost without a warning.
// Nearest scope: aws-cdk-lib core/lib/prop-injectors-helpers, findInjectorFromConstruct.

import { App, Duration, IPropertyInjector, PropertyInjectors, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as fc from 'fast-check';
import { build } from './blueprint-app';
import { Client, EdgeLoadBalancer, Protocols, Server } from '../../src';
import { HandshakeBlueprint } from '../../src/blueprints/handshake-blueprint';
import { someCertificate, someVpc } from '../constructs/accept';

const LISTENER = elbv2.ApplicationListener.PROPERTY_INJECTION_ID;
const MODERN = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';

/** Plain L2s, none of which says anything about protocols. */
function plain(stack: Stack): void {
  const vpc = someVpc(stack);
  const alb = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, internetFacing: true });
  const listener = alb.addListener('Https', { port: 443, certificates: [someCertificate(stack)] });
  const chat = new elbv2.ApplicationTargetGroup(stack, 'Chat', { vpc, port: 80, targetType: elbv2.TargetType.IP });
  Protocols.of(chat).server(Server.webSocket({ pingInterval: Duration.seconds(90) }));
  listener.addTargetGroups('Chat', { targetGroups: [chat] });
  new cloudfront.Distribution(stack, 'Cdn', {
    domainNames: ['example.com'],
    certificate: someCertificate(stack, 'us-east-1'),
    defaultBehavior: { origin: new origins.HttpOrigin('web.example.com') },
    additionalBehaviors: { '/ws/*': { origin: new origins.HttpOrigin('chat.example.com') } },
  });
}

const SERVE = ['http/1.1', 'h2', 'h3', 'wss', 'wss-browser', 'tls1.2-only', 'tls1.3-only'].map((id) => Client.of(id));

test('a plain app that the pack rejects passes with one line more', () => {
  const loud = (findings: string[]) => findings.filter((finding) => !finding.startsWith('info'));
  expect(loud(build(plain, { serve: SERVE }).findings)).toEqual([
    'error IdleTimeoutNotAbovePing', 'error TlsPolicyWithoutTls13', 'error WebSocketHeadersNotForwarded', 'warning OutdatedTlsAccepted',
  ]);
  const built = build(plain, { serve: SERVE, blueprint: { pingInterval: Duration.seconds(90) } });
  expect([loud(built.findings), built.said]).toEqual([[], []]);
});

test('a construct of this package passes through the injectors without a warning', () => {
  const make = (stack: Stack) => {
    const edge = new EdgeLoadBalancer(stack, 'Edge', { vpc: someVpc(stack), certificates: [someCertificate(stack)] });
    edge.addHttpTargets('Web', { targets: [] });
  };
  expect(build(make, { blueprint: { pingInterval: Duration.seconds(25), accessLogs: true } }).said.filter((text) => text.includes('blueprintOverridden'))).toEqual([]);
});

describe('which injectors count', () => {
  const policyIn = (stack: Stack): string => {
    const alb = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc: someVpc(stack) });
    const made = alb.addListener('Https', { port: 443, certificates: [someCertificate(stack)], defaultAction: elbv2.ListenerAction.fixedResponse(200) });
    return (made.node.defaultChild as elbv2.CfnListener).sslPolicy as string;
  };
  const team: IPropertyInjector = { constructUniqueId: LISTENER, inject: (props) => ({ sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS, ...props }) };

  test('those of the nearest scope, and no others', () => {
    const app = new App({ propertyInjectors: HandshakeBlueprint.injectors() });
    expect([policyIn(new Stack(app, 'Plain')), policyIn(new Stack(app, 'Own', { propertyInjectors: [team] }))]).toEqual([MODERN, 'ELBSecurityPolicy-TLS13-1-2-2021-06']);
  });

  test('the last ones that were added to a scope', () => {
    const stack = new Stack(new App({ propertyInjectors: [team] }), 'Test');
    PropertyInjectors.of(stack).add(...HandshakeBlueprint.injectors());
    expect(policyIn(stack)).toBe(MODERN);
  });

  test.each<[string, IPropertyInjector[], string]>([
    ['the team\'s first: its value wins', HandshakeBlueprint.compose([team], HandshakeBlueprint.injectors()), 'ELBSecurityPolicy-TLS13-1-2-2021-06'],
    ['the blueprint first: its value wins', HandshakeBlueprint.compose(HandshakeBlueprint.injectors(), [team]), MODERN],
  ])('composed, %s', (_name, propertyInjectors, policy) => {
    expect(new Set(propertyInjectors.map(({ constructUniqueId }) => constructUniqueId)).size).toBe(propertyInjectors.length);
    expect(policyIn(new Stack(new App({ propertyInjectors }), 'Test'))).toBe(policy);
  });

  test('composed, a team\'s value that breaks a client is warned about as if the user had written it', () => {
    const weak: IPropertyInjector = { constructUniqueId: LISTENER, inject: (props) => ({ ...props, sslPolicy: elbv2.SslPolicy.TLS12 }) };
    const { said } = build(policyIn, { injectors: HandshakeBlueprint.compose([weak], HandshakeBlueprint.injectors()) });
    expect(said).toEqual(['Test/Alb/Https: sslPolicy is ELBSecurityPolicy-TLS-1-2-2017-01 and stays so: clients that speak TLS 1.3 only fail in the TLS handshake ' +
      `(posture modern). Leave sslPolicy out, or write posture.sslPolicy (${MODERN}). [ack: cdk-handshake:blueprintOverridden:ApplicationListener.sslPolicy]`]);
  });

  test('an empty list is no obstacle', () => expect(HandshakeBlueprint.compose([], [team])).toEqual([team]));
});

const { ALL_VIEWER, CORS_CUSTOM_ORIGIN, USER_AGENT_REFERER_HEADERS } = cloudfront.OriginRequestPolicy;
const { TLS_V1_2016, TLS_V1_1_2016, TLS_V1_2_2019, TLS_V1_2_2021 } = cloudfront.SecurityPolicyProtocol;

test('whatever the user writes, a promised client is served or there is a warning', () => {
  const written = <T>(...values: T[]) => fc.constantFrom<T | undefined>(undefined, ...values);
  const props = fc.record({
    http2Enabled: written(true, false),
    idleTimeout: written(60, 90, 91, 600).map((seconds) => seconds === undefined ? undefined : Duration.seconds(seconds)),
    sslPolicy: written(...Object.values(elbv2.SslPolicy)),
    httpVersion: written(...Object.values(cloudfront.HttpVersion)),
    minimumProtocolVersion: written(TLS_V1_2016, TLS_V1_1_2016, TLS_V1_2_2019, TLS_V1_2_2021, 'TLSv1.3_2025' as cloudfront.SecurityPolicyProtocol),
    originRequestPolicy: written(ALL_VIEWER, CORS_CUSTOM_ORIGIN, USER_AGENT_REFERER_HEADERS),
    cachePolicy: written(cloudfront.CachePolicy.CACHING_DISABLED, cloudfront.CachePolicy.CACHING_OPTIMIZED),
  });
  fc.assert(fc.property(props, ({ http2Enabled, idleTimeout, sslPolicy, httpVersion, minimumProtocolVersion, originRequestPolicy, cachePolicy }) => {
    const built = build((stack) => {
      const vpc = someVpc(stack);
      const alb = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, internetFacing: true, http2Enabled, idleTimeout });
      const listener = alb.addListener('Https', { port: 443, certificates: [someCertificate(stack)], sslPolicy });
      const chat = new elbv2.ApplicationTargetGroup(stack, 'Chat', { vpc, port: 80, targetType: elbv2.TargetType.IP });
      Protocols.of(chat).server(Server.webSocket({ pingInterval: Duration.seconds(90) }));
      listener.addTargetGroups('Chat', { targetGroups: [chat] });
      const grpc = new elbv2.ApplicationTargetGroup(stack, 'Grpc', {
        vpc,
        port: 80,
        protocol: elbv2.ApplicationProtocol.HTTP,
        protocolVersion: elbv2.ApplicationProtocolVersion.GRPC,
        targetType: elbv2.TargetType.IP,
      });
      listener.addTargetGroups('Grpc', { targetGroups: [grpc], priority: 1, conditions: [elbv2.ListenerCondition.pathPatterns(['/grpc.*'])] });
      new cloudfront.Distribution(stack, 'Cdn', {
        domainNames: ['example.com'],
        certificate: someCertificate(stack, 'us-east-1'),
        httpVersion,
        minimumProtocolVersion,
        defaultBehavior: { origin: new origins.HttpOrigin('web.example.com') },
        additionalBehaviors: { '/ws/*': { origin: new origins.HttpOrigin('chat.example.com'), originRequestPolicy, cachePolicy } },
      });
    }, { blueprint: { pingInterval: Duration.seconds(90) }, serve: [...SERVE, Client.of('grpc')] });
    const errors = built.findings.filter((finding) => finding.startsWith('error'));
    if (errors.length > 0) expect(built.said).not.toEqual([]);
  }), { numRuns: 40 });
}, 60_000);
