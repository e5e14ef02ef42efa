// The security policies of API Gateway as data: TLS versions and suites of custom domain names and default endpoints.
// Nothing is decided here. `suites` is empty where no table of them is published.
// Sources: API Gateway guide, "Security policies" (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html),
// "HTTP API ciphers" (.../http-api-ciphers.html), "WebSocket API ciphers" (.../websocket-api-ciphers.html); enumerations:
// botocore 1.43.107, apigateway/2015-07-09 and apigatewayv2/2018-11-29. As of November 2026; `confidence` says what backs a row.

import { TlsVersion } from '../../protocol';

export interface ApiTlsPolicy {
  readonly name: string;
  /** Endpoint types that may have it: an edge policy never sits on a regional or private endpoint, nor the other way. */
  readonly endpoint: 'regional' | 'edge';
  readonly tls: readonly TlsVersion[];
  readonly suites: readonly string[];
  /** One of the SecurityPolicy_ names, which want an endpoint access mode. */
  readonly enhanced: boolean;
  readonly postQuantum: boolean;
  readonly confidence: 'documented' | 'inferred';
  readonly note?: string;
}

const S01 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256',
] as const;
const S02 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384',
] as const;
const S03 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384',
] as const;
const S04 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384',
] as const;
const S05 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384', 'AES128-GCM-SHA256', 'AES128-SHA256',
  'AES256-GCM-SHA384', 'AES256-SHA256',
] as const;
const S06 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384',
  'ECDHE-ECDSA-AES256-SHA', 'ECDHE-RSA-AES256-SHA', 'AES128-GCM-SHA256', 'AES128-SHA256', 'AES128-SHA', 'AES256-GCM-SHA384',
  'AES256-SHA256', 'AES256-SHA',
] as const;
const S07 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-CHACHA20-POLY1305',
] as const;
const S08 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-ECDSA-AES256-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-RSA-AES256-SHA384',
] as const;
const S09 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-ECDSA-AES256-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-RSA-AES256-SHA384', 'AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA256',
] as const;
const S10 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384',
  'ECDHE-ECDSA-AES256-SHA', 'ECDHE-RSA-AES256-SHA', 'AES256-SHA256', 'AES256-SHA',
] as const;

/** Policies of `AWS::ApiGateway::DomainName` and `AWS::ApiGateway::RestApi`; those without prefix also of V2 domain names. */
export const API_TLS_POLICIES = [
  { name: 'SecurityPolicy_TLS13_1_3_2025_09', endpoint: 'regional', tls: ['1.3'], suites: S01, enhanced: true, postQuantum: false, confidence: 'documented' },
  { name: 'SecurityPolicy_TLS13_1_3_FIPS_2025_09', endpoint: 'regional', tls: ['1.3'], suites: S02, enhanced: true, postQuantum: false, confidence: 'documented' },
  { name: 'SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09', endpoint: 'regional', tls: ['1.2', '1.3'], suites: S03, enhanced: true, postQuantum: true, confidence: 'documented' },
  { name: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', endpoint: 'regional', tls: ['1.2', '1.3'], suites: S04, enhanced: true, postQuantum: true, confidence: 'documented' },
  { name: 'SecurityPolicy_TLS13_1_2_PQ_2025_09', endpoint: 'regional', tls: ['1.2', '1.3'], suites: S05, enhanced: true, postQuantum: true, confidence: 'documented' },
  { name: 'SecurityPolicy_TLS13_1_2_2021_06', endpoint: 'regional', tls: ['1.2', '1.3'], suites: S05, enhanced: true, postQuantum: false, confidence: 'documented' },
  { name: 'SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09', endpoint: 'regional', tls: ['1.2', '1.3'], suites: [], enhanced: true, postQuantum: true, confidence: 'inferred', note: 'in the API enum, absent from the documented table; TLS versions inferred from the name' },
  { name: 'SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09', endpoint: 'regional', tls: ['1.2', '1.3'], suites: [], enhanced: true, postQuantum: true, confidence: 'inferred', note: 'in the API enum only; TLS versions inferred from the name; by analogy with the ELB Ext2 policies it probably adds older CBC/RSA suites' },
  { name: 'SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09', endpoint: 'regional', tls: ['1.2', '1.3'], suites: [], enhanced: true, postQuantum: true, confidence: 'inferred', note: 'in the API enum only; TLS versions inferred from the name' },
  { name: 'TLS_1_2', endpoint: 'regional', tls: ['1.2', '1.3'], suites: S05, enhanced: false, postQuantum: false, confidence: 'documented' },
  { name: 'TLS_1_0', endpoint: 'regional', tls: ['1.0', '1.1', '1.2', '1.3'], suites: S06, enhanced: false, postQuantum: false, confidence: 'documented' },
  { name: 'SecurityPolicy_TLS13_2025_EDGE', endpoint: 'edge', tls: ['1.3'], suites: S01, enhanced: true, postQuantum: false, confidence: 'documented' },
  { name: 'SecurityPolicy_TLS12_PFS_2025_EDGE', endpoint: 'edge', tls: ['1.2', '1.3'], suites: S07, enhanced: true, postQuantum: false, confidence: 'documented' },
  { name: 'SecurityPolicy_TLS12_2018_EDGE', endpoint: 'edge', tls: ['1.2', '1.3'], suites: S08, enhanced: true, postQuantum: false, confidence: 'documented' },
  { name: 'TLS_1_2', endpoint: 'edge', tls: ['1.2', '1.3'], suites: S09, enhanced: false, postQuantum: false, confidence: 'documented', note: 'documented as for edge-optimized custom domain names only, not for edge-optimized APIs' },
  { name: 'TLS_1_0', endpoint: 'edge', tls: ['1.0', '1.1', '1.2', '1.3'], suites: S10, enhanced: false, postQuantum: false, confidence: 'documented' },
] as const satisfies readonly ApiTlsPolicy[];

/** What an endpoint has when nothing is written; HTTP and WebSocket APIs have no other. */
export const DEFAULT_API_TLS_POLICIES = {
  /** Documented; read back from live accounts in go-to-k/cdk-real-drift. */
  restApi: 'TLS_1_0',
  privateRestApi: 'TLS_1_2',
  domainName: 'TLS_1_2',
  httpApi: 'TLS_1_2',
  webSocketApi: 'TLS_1_2',
} as const;

/** TLS versions that API Gateway offers to integrations: "only supports TLS 1.2" (documented for REST APIs, inferred for the others). */
export const INTEGRATION_TLS = ['1.2'] as const satisfies readonly TlsVersion[];
