// The custom domain name of an API: what is asked for, what cannot work, the domain name of API Gateway v2 and its records. The
// domain name of a REST API is made by its L2 (edge-rest-api.ts).
// Facts: API Gateway guide "Custom domain names" (regional: certificate of the same region; edge-optimized: of us-east-1; HTTP and
// WebSocket APIs: regional with TLS 1.2 only), "IP address types for custom domain names" (dualstack need not match the API),
// "Mutual TLS" (HTTP and REST APIs). A domain is written with its policy, not left to a default.

import { Stack, Token } from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { TlsHop } from '../posture/tls-hop';
import { TlsPosture } from '../posture/tls-posture';

/**
 * A custom domain name of an API. It can be reached over IPv4 and IPv6.
 */
export interface EdgeApiDomain {
  /** The name, in lower case: `api.example.com`. A wildcard `*.example.com` is one as well. */
  readonly name: string;

  /**
   * A certificate for the name, from AWS Certificate Manager: of the same region, or of us-east-1 for an edge-optimized REST API.
   */
  readonly certificate: acm.ICertificate;

  /**
   * The hosted zone that gets the alias records A and AAAA.
   *
   * @default - no records; point the name to the API yourself
   */
  readonly hostedZone?: route53.IHostedZone;

  /**
   * The path under which the API is found, for several APIs on one name: `v1` or `orders/v1`.
   *
   * @default - the root
   */
  readonly path?: string;
}

/**
 * The certificates of clients that mutual TLS lets in.
 */
export interface EdgeApiTrustStore {
  /** The bucket with the trust store, in the region of the API. */
  readonly bucket: s3.IBucket;

  /** The key of the trust store, a file of PEM certificates. */
  readonly key: string;

  /**
   * The version of the file. Without one, a changed file is not taken over until the domain name is updated.
   *
   * @default - the latest
   */
  readonly version?: string;
}

/** Refuses a domain that cannot work, with what to write instead. */
export function checkDomain(who: string, scope: Construct, domain: EdgeApiDomain, edgeOptimized = false): void {
  const { name, certificate, hostedZone } = domain;
  if (!name) throw new Error(`${who}: 'domain.name' is empty. Name the domain that the certificate is for, for instance { name: 'api.example.com', certificate }.`);
  if (!certificate) throw new Error(`${who}: 'domain' has no 'certificate', and API Gateway takes no name without one. Add a certificate for ${name}, for instance { name: '${name}', certificate }.`);
  if (Token.isUnresolved(name)) return;
  if (/[A-Z/:]/.test(name)) throw new Error(`${who}: 'domain.name' is '${name}'. Expected is a host name in lower case without scheme and path, for instance 'api.example.com'.`);
  checkRegion(who, scope, certificate.certificateArn, edgeOptimized);
  const zone = hostedZone?.zoneName;
  if (zone === undefined || Token.isUnresolved(zone) || name === zone || name.endsWith(`.${zone}`)) return;
  throw new Error(`${who}: 'domain.name' is '${name}', which is not in the hosted zone ${zone}. Give the hosted zone of ${name}, or leave 'hostedZone' out and make the records elsewhere.`);
}

function checkRegion(who: string, scope: Construct, arn: string, edgeOptimized: boolean): void {
  const here = Stack.of(scope).region;
  const wanted = edgeOptimized ? 'us-east-1' : here;
  const region = Token.isUnresolved(arn) ? undefined : arn.split(':')[3];
  if (!region || Token.isUnresolved(wanted) || region === wanted) return;
  const kind = edgeOptimized ? 'an edge-optimized API takes certificates of us-east-1 only' : `the API is in ${here} and takes certificates of its own region only`;
  throw new Error(`${who}: the certificate is in ${region}, and ${kind}. Request one for the same name in ${wanted}.`);
}

/** The path without slashes around it; undefined for the root. */
export function pathOf({ path }: EdgeApiDomain): string | undefined {
  return path?.replace(/^\/+|\/+$/g, '') || undefined;
}

/** The domain name of an HTTP or WebSocket API, with its records. */
export function newDomainName(
  scope: Construct, domain: EdgeApiDomain, posture: TlsPosture, hop: TlsHop, mtls?: EdgeApiTrustStore,
): apigatewayv2.DomainName {
  return new apigatewayv2.DomainName(scope, 'Domain', {
    domainName: domain.name,
    certificate: domain.certificate,
    endpointType: apigatewayv2.EndpointType.REGIONAL,
    securityPolicy: posture.on(hop).policy as apigatewayv2.SecurityPolicy,
    ipAddressType: apigatewayv2.IpAddressType.DUAL_STACK,
    mtls,
  });
}

/** Alias records for IPv4 and IPv6. */
export function addRecords(scope: Construct, { name, hostedZone: zone }: EdgeApiDomain, target: route53.IAliasRecordTarget): void {
  if (!zone) return;
  const props = { zone, recordName: `${name}.`, target: route53.RecordTarget.fromAlias(target) };
  new route53.ARecord(scope, 'AliasRecord', props);
  new route53.AaaaRecord(scope, 'AliasRecordIpv6', props);
}
