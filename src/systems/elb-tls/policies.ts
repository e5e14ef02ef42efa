// The security policies of Elastic Load Balancing as data: TLS versions, suites, and the policy that the balancer then
// offers to its targets. Nothing is decided here.
// Sources: ELB user guides, "Security policies for your Application Load Balancer" and "... Network Load Balancer"
// (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html, .../network/describe-ssl-policies.html),
// aws/s2n-tls tls/s2n_security_policies.c, aws-cdk-lib SslPolicy. As of October 2026; `confidence` says what backs a row.

import { TlsVersion } from '../../protocol';

export interface ElbTlsPolicy {
  readonly name: string;
  /** TLS versions a listener with this policy accepts. */
  readonly tls: readonly TlsVersion[];
  readonly suites: readonly string[];
  readonly fips: boolean;
  /** Whether hybrid post-quantum key exchange is offered. */
  readonly postQuantum: boolean;
  /** Whether every suite has forward secrecy. */
  readonly forwardSecrecy: boolean;
  /** Policy offered to HTTPS targets once a listener has this one; undefined: not documented. */
  readonly backend?: string;
  readonly confidence: string;
  readonly networkOnly?: boolean;
}

const S01 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256',
] as const;
const S02 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES128-SHA256',
  'ECDHE-RSA-AES128-SHA256', 'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384',
] as const;
const S03 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384',
] as const;
const S04 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES128-SHA256',
  'ECDHE-RSA-AES128-SHA256', 'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384', 'AES128-GCM-SHA256', 'AES256-GCM-SHA384',
  'AES128-SHA256', 'AES256-SHA256',
] as const;
const S05 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES128-SHA256',
  'ECDHE-RSA-AES128-SHA256', 'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA', 'ECDHE-RSA-AES256-SHA', 'AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA256', 'AES256-SHA256', 'AES128-SHA',
  'AES256-SHA',
] as const;
const S06 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384',
] as const;
const S07 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA256',
  'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384',
] as const;
const S08 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384',
] as const;
const S09 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA256',
  'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA',
] as const;
const S10 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA256',
  'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384', 'AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA256', 'AES256-SHA256',
] as const;
const S11 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA256',
  'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA', 'AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA256', 'AES256-SHA256', 'AES128-SHA', 'AES256-SHA',
] as const;
const S12 = [
  'TLS_AES_256_GCM_SHA384',
] as const;
const S13 = [
  'TLS_AES_256_GCM_SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384',
] as const;
const S14 = [
  'TLS_AES_256_GCM_SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384', 'AES256-GCM-SHA384',
] as const;
const S15 = [
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384',
] as const;
const S16 = [
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384',
] as const;
const S17 = [
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384', 'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA', 'ECDHE-RSA-AES256-SHA',
] as const;
const S18 = [
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384', 'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA', 'ECDHE-RSA-AES256-SHA', 'AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA256',
  'AES256-SHA256', 'AES128-SHA', 'AES256-SHA',
] as const;
const S19 = [
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384', 'AES128-GCM-SHA256',
  'AES256-GCM-SHA384', 'AES128-SHA256', 'AES256-SHA256',
] as const;
const S20 = [
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384', 'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA', 'ECDHE-RSA-AES256-SHA', 'AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA256',
  'AES256-SHA256', 'AES128-SHA', 'AES256-SHA', 'DES-CBC3-SHA',
] as const;

export const ELB_TLS_POLICIES = [
  { name: 'ELBSecurityPolicy-TLS13-1-3-2021-06', tls: ['1.3'], suites: S01, fips: false, postQuantum: false, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-0-2021-06', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-2021-06', tls: ['1.2', '1.3'], suites: S02, fips: false, postQuantum: false, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-0-2021-06', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06', tls: ['1.2', '1.3'], suites: S03, fips: false, postQuantum: false, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-0-2021-06', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06', tls: ['1.2', '1.3'], suites: S04, fips: false, postQuantum: false, forwardSecrecy: false, backend: 'ELBSecurityPolicy-TLS13-1-0-2021-06', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06', tls: ['1.2', '1.3'], suites: S05, fips: false, postQuantum: false, forwardSecrecy: false, backend: 'ELBSecurityPolicy-TLS13-1-0-2021-06', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS13-1-1-2021-06', tls: ['1.1', '1.2', '1.3'], suites: S05, fips: false, postQuantum: false, forwardSecrecy: false, backend: 'ELBSecurityPolicy-TLS13-1-0-2021-06', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS13-1-0-2021-06', tls: ['1.0', '1.1', '1.2', '1.3'], suites: S05, fips: false, postQuantum: false, forwardSecrecy: false, backend: 'ELBSecurityPolicy-TLS13-1-0-2021-06', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09', tls: ['1.3'], suites: S01, fips: false, postQuantum: true, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-0-PQ-2025-09', confidence: 'versions documented, suites inferred' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-PQ-2025-09', tls: ['1.2', '1.3'], suites: S02, fips: false, postQuantum: true, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-0-PQ-2025-09', confidence: 'versions documented, suites inferred' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', tls: ['1.2', '1.3'], suites: S03, fips: false, postQuantum: true, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-0-PQ-2025-09', confidence: 'versions documented, suites inferred' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-Ext1-PQ-2025-09', tls: ['1.2', '1.3'], suites: S04, fips: false, postQuantum: true, forwardSecrecy: false, backend: 'ELBSecurityPolicy-TLS13-1-0-PQ-2025-09', confidence: 'versions documented, suites inferred' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-Ext2-PQ-2025-09', tls: ['1.2', '1.3'], suites: S05, fips: false, postQuantum: true, forwardSecrecy: false, backend: 'ELBSecurityPolicy-TLS13-1-0-PQ-2025-09', confidence: 'versions documented, suites inferred' },
  { name: 'ELBSecurityPolicy-TLS13-1-0-PQ-2025-09', tls: ['1.0', '1.1', '1.2', '1.3'], suites: S05, fips: false, postQuantum: true, forwardSecrecy: false, backend: 'ELBSecurityPolicy-TLS13-1-0-PQ-2025-09', confidence: 'versions documented, suites inferred' },
  { name: 'ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04', tls: ['1.3'], suites: S06, fips: true, postQuantum: false, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04', tls: ['1.2', '1.3'], suites: S07, fips: true, postQuantum: false, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04', tls: ['1.2', '1.3'], suites: S08, fips: true, postQuantum: false, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-2023-04', tls: ['1.2', '1.3'], suites: S09, fips: true, postQuantum: false, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-2023-04', tls: ['1.2', '1.3'], suites: S10, fips: true, postQuantum: false, forwardSecrecy: false, backend: 'ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-Ext2-FIPS-2023-04', tls: ['1.2', '1.3'], suites: S11, fips: true, postQuantum: false, forwardSecrecy: false, backend: 'ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04', tls: ['1.1', '1.2', '1.3'], suites: S11, fips: true, postQuantum: false, forwardSecrecy: false, backend: 'ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04', tls: ['1.0', '1.1', '1.2', '1.3'], suites: S11, fips: true, postQuantum: false, forwardSecrecy: false, backend: 'ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09', tls: ['1.3'], suites: S06, fips: true, postQuantum: true, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09', confidence: 'versions documented, suites inferred' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-FIPS-PQ-2025-09', tls: ['1.2', '1.3'], suites: S07, fips: true, postQuantum: true, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09', confidence: 'versions documented, suites inferred' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09', tls: ['1.2', '1.3'], suites: S08, fips: true, postQuantum: true, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09', confidence: 'versions documented, suites inferred' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-PQ-2025-09', tls: ['1.2', '1.3'], suites: S09, fips: true, postQuantum: true, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09', confidence: 'versions documented, suites inferred' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-PQ-2025-09', tls: ['1.2', '1.3'], suites: S10, fips: true, postQuantum: true, forwardSecrecy: false, backend: 'ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09', confidence: 'versions documented, suites inferred' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-Ext2-FIPS-PQ-2025-09', tls: ['1.2', '1.3'], suites: S11, fips: true, postQuantum: true, forwardSecrecy: false, backend: 'ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09', confidence: 'versions documented, suites inferred' },
  { name: 'ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09', tls: ['1.0', '1.1', '1.2', '1.3'], suites: S11, fips: true, postQuantum: true, forwardSecrecy: false, backend: 'ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09', confidence: 'versions documented, suites inferred' },
  { name: 'ELBSecurityPolicy-TLS13-1-3-RFC9151-FIPS-2023-07', tls: ['1.3'], suites: S12, fips: true, postQuantum: false, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07', confidence: 'versions documented, suites inferred' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-RFC9151-FIPS-2023-07', tls: ['1.2', '1.3'], suites: S13, fips: true, postQuantum: false, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07', confidence: 'versions documented, suites inferred' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-Ext0-RFC9151-FIPS-2023-07', tls: ['1.2', '1.3'], suites: S14, fips: true, postQuantum: false, forwardSecrecy: false, backend: 'ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07', confidence: 'versions documented, suites inferred' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP1-FIPS-2023-07', tls: ['1.2', '1.3'], suites: S08, fips: true, postQuantum: false, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07', confidence: 'versions documented, suites from s2n-tls' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP2-FIPS-2023-07', tls: ['1.2', '1.3'], suites: S07, fips: true, postQuantum: false, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07', confidence: 'versions documented, suites from s2n-tls' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP3-FIPS-2023-07', tls: ['1.2', '1.3'], suites: S09, fips: true, postQuantum: false, forwardSecrecy: true, backend: 'ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07', confidence: 'versions documented, suites from s2n-tls' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07', tls: ['1.2', '1.3'], suites: S11, fips: true, postQuantum: false, forwardSecrecy: false, backend: 'ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07', confidence: 'versions documented, suites from s2n-tls' },
  { name: 'ELBSecurityPolicy-TLS13-1-3-CNSA2-INTEROP1-FIPS-PQ-2026-07', tls: ['1.3'], suites: S12, fips: true, postQuantum: true, forwardSecrecy: true, backend: undefined, confidence: 's2n-tls only' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-CNSA2-INTEROP2-FIPS-PQ-2026-07', tls: ['1.2', '1.3'], suites: S13, fips: true, postQuantum: true, forwardSecrecy: true, backend: undefined, confidence: 's2n-tls only' },
  { name: 'ELBSecurityPolicy-TLS13-1-2-CNSA2-INTEROP3-FIPS-PQ-2026-07', tls: ['1.2', '1.3'], suites: S11, fips: true, postQuantum: true, forwardSecrecy: false, backend: undefined, confidence: 's2n-tls only' },
  { name: 'ELBSecurityPolicy-FS-1-2-Res-2020-10', tls: ['1.2'], suites: S15, fips: false, postQuantum: false, forwardSecrecy: true, backend: 'ELBSecurityPolicy-2016-08', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-FS-1-2-Res-2019-08', tls: ['1.2'], suites: S16, fips: false, postQuantum: false, forwardSecrecy: true, backend: 'ELBSecurityPolicy-2016-08', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-FS-1-2-2019-08', tls: ['1.2'], suites: S17, fips: false, postQuantum: false, forwardSecrecy: true, backend: 'ELBSecurityPolicy-2016-08', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-FS-1-1-2019-08', tls: ['1.1', '1.2'], suites: S17, fips: false, postQuantum: false, forwardSecrecy: true, backend: 'ELBSecurityPolicy-2016-08', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-FS-2018-06', tls: ['1.0', '1.1', '1.2'], suites: S17, fips: false, postQuantum: false, forwardSecrecy: true, backend: 'ELBSecurityPolicy-2016-08', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS-1-2-Ext-2018-06', tls: ['1.2'], suites: S18, fips: false, postQuantum: false, forwardSecrecy: false, backend: 'ELBSecurityPolicy-2016-08', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS-1-2-2017-01', tls: ['1.2'], suites: S19, fips: false, postQuantum: false, forwardSecrecy: false, backend: 'ELBSecurityPolicy-2016-08', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-TLS-1-1-2017-01', tls: ['1.1', '1.2'], suites: S18, fips: false, postQuantum: false, forwardSecrecy: false, backend: 'ELBSecurityPolicy-2016-08', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-2016-08', tls: ['1.0', '1.1', '1.2'], suites: S18, fips: false, postQuantum: false, forwardSecrecy: false, backend: 'ELBSecurityPolicy-2016-08', confidence: 'documented' },
  { name: 'ELBSecurityPolicy-2015-05', tls: ['1.0', '1.1', '1.2'], suites: S18, fips: false, postQuantum: false, forwardSecrecy: false, backend: 'ELBSecurityPolicy-2016-08', confidence: 'documented', networkOnly: true },
  { name: 'ELBSecurityPolicy-TLS-1-0-2015-04', tls: ['1.0', '1.1', '1.2'], suites: S20, fips: false, postQuantum: false, forwardSecrecy: false, backend: 'ELBSecurityPolicy-2016-08', confidence: 'documented in 2023' },
] as const satisfies readonly ElbTlsPolicy[];

/** What a listener without SslPolicy gets from CloudFormation, the CLI and the API (documented). */
export const DEFAULT_ELB_TLS_POLICY = 'ELBSecurityPolicy-2016-08';

/** Names that people write and that do not exist, with what they meant. */
export const MISTAKEN_ELB_TLS_POLICIES: Readonly<Record<string, string>> = {
  'ELBSecurityPolicy-TLS-1-3-2021-06': 'ELBSecurityPolicy-TLS13-1-2-2021-06 (TLS 1.2 and 1.3) or ELBSecurityPolicy-TLS13-1-3-2021-06 (TLS 1.3 only)',
  'ELBSecurityPolicy-TLS-1-3': 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09 (TLS 1.2 and 1.3) or ELBSecurityPolicy-TLS13-1-3-2021-06 (TLS 1.3 only)',
  'ELBSecurityPolicy-TLS13-1-1-PQ-2025-09': 'ELBSecurityPolicy-TLS13-1-2-PQ-2025-09 (the post-quantum families have no 1-1 member)',
  'ELBSecurityPolicy-TLS13-1-1-FIPS-PQ-2025-09': 'ELBSecurityPolicy-TLS13-1-2-FIPS-PQ-2025-09 (the post-quantum families have no 1-1 member)',
  'ELBSecurityPolicy-TLS13-1-2-Ext0-2021-06': 'ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06 (Ext0 exists in the FIPS and RFC 9151 families only)',
  'ELBSecurityPolicy-TLS-1-0-2015-05': 'ELBSecurityPolicy-2016-08',
};
