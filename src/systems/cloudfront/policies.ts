// CloudFront's viewer security policies and managed policies as data. Nothing is decided here.
// Sources: CloudFront guide "Supported protocols and ciphers between viewers and CloudFront"
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html),
// "Use managed origin request policies", "Use managed cache policies"; ids also in aws-cdk-lib. As of October 2026.

import { TlsVersion } from '../../protocol';

export interface ViewerPolicy {
  readonly tls: readonly TlsVersion[];
  readonly suites: readonly string[];
  readonly confidence: string;
}

const S01 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-ECDSA-AES256-SHA', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA',
  'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-RSA-CHACHA20-POLY1305', 'ECDHE-RSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA', 'AES128-GCM-SHA256',
  'AES256-GCM-SHA384', 'AES128-SHA256', 'AES256-SHA', 'AES128-SHA', 'DES-CBC3-SHA', 'RC4-MD5',
] as const;
const S02 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-ECDSA-AES256-SHA', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA',
  'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-RSA-CHACHA20-POLY1305', 'ECDHE-RSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA', 'AES128-GCM-SHA256',
  'AES256-GCM-SHA384', 'AES128-SHA256', 'AES256-SHA', 'AES128-SHA', 'DES-CBC3-SHA',
] as const;
const S03 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-ECDSA-AES256-SHA', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA',
  'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-RSA-CHACHA20-POLY1305', 'ECDHE-RSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA', 'AES128-GCM-SHA256',
  'AES256-GCM-SHA384', 'AES128-SHA256', 'AES256-SHA', 'AES128-SHA',
] as const;
const S04 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-ECDSA-AES256-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-RSA-AES256-SHA384', 'AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA256',
] as const;
const S05 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES128-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-ECDSA-AES256-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-RSA-AES256-SHA384',
] as const;
const S06 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-CHACHA20-POLY1305',
] as const;
const S07 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384',
] as const;
const S08 = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256',
] as const;

/** TLS versions and suites by MinimumProtocolVersion. Every policy has hybrid post-quantum key exchange with TLS 1.3 (documented, same page). */
export const VIEWER_POLICIES = {
  'SSLv3': { tls: ['SSLv3', '1.0', '1.1', '1.2', '1.3'], suites: S01, confidence: 'documented' },
  'TLSv1': { tls: ['1.0', '1.1', '1.2', '1.3'], suites: S02, confidence: 'documented' },
  'TLSv1_2016': { tls: ['1.0', '1.1', '1.2', '1.3'], suites: S03, confidence: 'documented' },
  'TLSv1.1_2016': { tls: ['1.1', '1.2', '1.3'], suites: S03, confidence: 'documented' },
  'TLSv1.2_2018': { tls: ['1.2', '1.3'], suites: S04, confidence: 'documented' },
  'TLSv1.2_2019': { tls: ['1.2', '1.3'], suites: S05, confidence: 'documented' },
  'TLSv1.2_2021': { tls: ['1.2', '1.3'], suites: S06, confidence: 'documented' },
  'TLSv1.2_2025': { tls: ['1.2', '1.3'], suites: S07, confidence: 'documented' },
  'TLSv1.3_2025': { tls: ['1.3'], suites: S08, confidence: 'documented' },
} as const satisfies Record<string, ViewerPolicy>;

/** With the default *.cloudfront.net certificate this policy applies, whatever is declared (documented). */
export const DEFAULT_CERTIFICATE_POLICY = 'TLSv1';

/** The only policies that go with SslSupportMethod vip (documented: API reference, ViewerCertificate). */
export const VIP_POLICIES: readonly string[] = ['SSLv3', 'TLSv1'];

/** OriginSSLProtocols as TLS versions. */
export const ORIGIN_PROTOCOLS: Readonly<Record<string, TlsVersion>> = { 'SSLv3': 'SSLv3', 'TLSv1': '1.0', 'TLSv1.1': '1.1', 'TLSv1.2': '1.2' };

/** What an origin without OriginSSLProtocols offers (documented in 2016, read back live in 2026). */
export const DEFAULT_ORIGIN_PROTOCOLS: readonly TlsVersion[] = ['SSLv3', '1.0'];

/** Which request headers a policy passes on: all, none, a list, or all but a list. Names in lower case. */
export interface Headers {
  readonly behavior: 'none' | 'list' | 'all' | 'all-except';
  readonly list: readonly string[];
}

const list = (...names: string[]): Headers => ({ behavior: 'list', list: names });

/** Managed origin request policies by id. */
export const MANAGED_ORIGIN_REQUEST_POLICIES: Readonly<Record<string, Headers>> = {
  '216adef6-5c7f-47e4-b989-5492eafa07d3': { behavior: 'all', list: [] }, // AllViewer
  '33f36d7e-f396-46d9-90e0-52428a34d9dc': { behavior: 'all', list: [] }, // AllViewerAndCloudFrontHeaders-2022-06
  'b689b0a8-53d0-40ab-baf2-68738e2966ac': { behavior: 'all-except', list: ['host'] }, // AllViewerExceptHostHeader
  'bf0718e1-ba1e-49d1-88b1-f726733018ae': list('host'), // HostHeaderOnly
  '59781a5b-3903-41f3-afcb-af62929ccde1': list('origin'), // CORS-CustomOrigin
  '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf': list('origin', 'access-control-request-headers', 'access-control-request-method'), // CORS-S3Origin
  'acba4595-bd28-49b8-b9fe-13317c0390fa': list('user-agent', 'referer'), // UserAgentRefererHeaders
  '775133bc-15f2-49f9-abea-afb2e0bf67d2': list('origin', 'access-control-request-headers', 'access-control-request-method', 'user-agent', 'x-forwarded-for'), // Elemental-MediaTailor
};

/** Managed cache policies by id. None of them passes a Sec-WebSocket header on. */
export const MANAGED_CACHE_POLICIES: Readonly<Record<string, Headers>> = {
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': list(), // CachingDisabled
  '658327ea-f89d-4fab-a63d-7e88639e58f6': list(), // CachingOptimized
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': list(), // CachingOptimizedForUncompressedObjects
  '2e54312d-136d-493c-8eb9-b001f22f67d2': list('authorization', 'cloudfront-viewer-country', 'host'), // Amplify
  '08627262-05a9-4f76-9ded-b50ca2e3a84f': list('origin'), // Elemental-MediaPackage
  '83da9c7e-98b4-4e11-a168-04f0df8e2c65': list('host', 'origin'), // UseOriginCacheControlHeaders (inferred: remembered, not verified)
  '4cc15a8a-d715-48a4-82b8-cc0b614638fe': list('host', 'origin'), // UseOriginCacheControlHeaders-QueryStrings (inferred)
};
