// One posture, many names: each row is what a posture comes to on a hop. Where the names come from: the tables in src/systems.

import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as fc from 'fast-check';
import { Client, TlsHop, TlsPosture } from '../../src';
import { CLIENTS, commonTls, ClientId, TlsVersion } from '../../src/protocol';

const {
  APPLICATION_LOAD_BALANCER, NETWORK_LOAD_BALANCER, DISTRIBUTION, ORIGIN, REST_API, EDGE_REST_API, HTTP_API, WEB_SOCKET_API, APP_SYNC,
} = TlsHop;
const POSTURES = {
  modern: TlsPosture.modern(),
  strict: TlsPosture.strict(),
  compatible: TlsPosture.compatible(),
  fips: TlsPosture.fips(),
  tls10: TlsPosture.serving(Client.TLS_1_0),
  tls11: TlsPosture.serving(Client.TLS_1_1, Client.H2),
};

test.each<[keyof typeof POSTURES, TlsHop, string | undefined, string, string]>([
  ['modern', APPLICATION_LOAD_BALANCER, 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', '1.2 1.3', ''],
  ['modern', NETWORK_LOAD_BALANCER, 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', '1.2 1.3', ''],
  ['modern', DISTRIBUTION, 'TLSv1.2_2021', '1.2 1.3', ''],
  ['modern', ORIGIN, 'TLSv1.2', '1.2', 'does not speak TLS 1.3'],
  ['modern', REST_API, 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', '1.2 1.3', ''],
  ['modern', EDGE_REST_API, 'SecurityPolicy_TLS12_PFS_2025_EDGE', '1.2 1.3', ''],
  ['modern', HTTP_API, 'TLS_1_2', '1.2 1.3', 'also offers suites without forward secrecy; also offers CBC suites'],
  ['modern', WEB_SOCKET_API, 'TLS_1_2', '1.2 1.3', 'also offers suites without forward secrecy; also offers CBC suites'],
  ['modern', APP_SYNC, undefined, '1.2 1.3', ''],
  ['strict', APPLICATION_LOAD_BALANCER, 'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09', '1.3', ''],
  ['strict', DISTRIBUTION, 'TLSv1.3_2025', '1.3', ''],
  ['strict', REST_API, 'SecurityPolicy_TLS13_1_3_2025_09', '1.3', ''],
  ['strict', EDGE_REST_API, 'SecurityPolicy_TLS13_2025_EDGE', '1.3', ''],
  ['strict', APP_SYNC, undefined, '1.2 1.3', 'also lets in TLS 1.2'],
  ['compatible', APPLICATION_LOAD_BALANCER, 'ELBSecurityPolicy-TLS13-1-2-PQ-2025-09', '1.2 1.3', ''],
  ['compatible', DISTRIBUTION, 'TLSv1.2_2019', '1.2 1.3', ''],
  ['compatible', REST_API, 'SecurityPolicy_TLS13_1_2_PQ_2025_09', '1.2 1.3', 'also offers suites without forward secrecy'],
  ['compatible', EDGE_REST_API, 'SecurityPolicy_TLS12_2018_EDGE', '1.2 1.3', ''],
  ['fips', APPLICATION_LOAD_BALANCER, 'ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09', '1.2 1.3', ''],
  ['fips', DISTRIBUTION, 'TLSv1.2_2025', '1.2 1.3', 'has no policy restricted to FIPS 140 validated cryptography'],
  ['fips', REST_API, 'SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09', '1.2 1.3', ''],
  ['tls10', APPLICATION_LOAD_BALANCER, 'ELBSecurityPolicy-TLS13-1-0-PQ-2025-09', '1.0 1.1 1.2 1.3', 'also offers suites without forward secrecy'],
  ['tls10', DISTRIBUTION, 'TLSv1_2016', '1.0 1.1 1.2 1.3', 'also offers suites without forward secrecy'],
  ['tls10', HTTP_API, 'TLS_1_2', '1.2 1.3', 'does not speak TLS 1.0 and TLS 1.1; also offers suites without forward secrecy'],
  ['tls11', APPLICATION_LOAD_BALANCER, 'ELBSecurityPolicy-TLS13-1-1-2021-06', '1.1 1.2 1.3', 'also offers suites without forward secrecy'],
  ['tls11', REST_API, 'TLS_1_0', '1.0 1.1 1.2 1.3', 'also lets in TLS 1.0; also offers suites without forward secrecy'],
])('%s on %s: %s', (name, hop, policy, versions, exceptions) => {
  const choice = POSTURES[name].on(hop);
  expect([choice.policy, choice.versions.join(' '), choice.exceptions.join('; ')]).toEqual([policy, versions, exceptions]);
});

test.each(Object.entries(POSTURES))('%s: what CDK props take is a member of their enum', (_name, posture) => {
  expect(Object.values(elbv2.SslPolicy)).toContain(posture.sslPolicy);
  expect(Object.values(cloudfront.SecurityPolicyProtocol)).toContain(posture.minimumProtocolVersion);
  expect(Object.values(cloudfront.OriginSslPolicy)).toEqual(expect.arrayContaining(posture.originSslProtocols));
});

test('serving: the strictest posture on which each of the clients still has a version in common, wherever the hop can follow', () => {
  const ids = (Object.keys(CLIENTS) as ClientId[]).filter((id) => id !== 'health-check' && CLIENTS[id].tls.length > 0);
  fc.assert(fc.property(fc.subarray(ids, { minLength: 1 }), (some) => {
    const posture = TlsPosture.serving(...some.map((id) => Client.of(id)));
    const serves = (versions: readonly string[]) => some.every((id) => commonTls(versions as TlsVersion[], CLIENTS[id].tls).length > 0);
    expect(serves(posture.versions)).toBe(true);
    expect(serves(posture.versions.slice(1))).toBe(false);
    expect(serves(posture.on(APPLICATION_LOAD_BALANCER).versions)).toBe(true);
    expect(serves(posture.on(DISTRIBUTION).versions)).toBe(true);
    expect(serves(posture.on(REST_API).versions)).toBe(true);
  }));
});

test('strict, kept open for CloudFront and API Gateway', () => {
  expect(TlsPosture.strict().withTls12().versions).toEqual(['1.2', '1.3']);
  expect(TlsPosture.modern().withTls12().sslPolicy).toBe(TlsPosture.modern().sslPolicy);
});

test('a posture for clients that never use TLS is refused, with what to write instead', () => {
  expect(() => TlsPosture.serving(Client.WS)).toThrow('none of the clients uses TLS');
});

test('REST API: the policy goes with the endpoint type', () => {
  expect(TlsPosture.modern().restApiPolicy(apigateway.EndpointType.EDGE)).toMatch(/_EDGE$/);
  expect(TlsPosture.modern().restApiPolicy(apigateway.EndpointType.PRIVATE)).toMatch(/PFS_PQ/);
});
