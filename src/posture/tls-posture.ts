// One requirement on TLS, and the name that it has on each service. What there is to choose from: candidates.ts; the
// choice: choose.ts; telling people where a hop cannot follow: announce.ts.

import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { candidates } from './candidates';
import { choose, Choice, from, Requirement, REQUIREMENTS } from './choose';
import { TlsHop } from './tls-hop';
import { Client } from '../declare/client';
import { ClientId, CLIENTS, nameTls, TLS_VERSIONS, TlsVersion } from '../protocol';

/**
 * What a TLS posture comes to on one hop.
 */
export interface TlsChoice {
  /**
   * The name of the policy, as CloudFormation writes it.
   *
   * @default - the service has no setting
   */
  readonly policy?: string;

  /** The TLS versions that the hop then speaks, oldest first: `1.2`, `1.3`. */
  readonly versions: string[];

  /** In which ways the hop cannot follow the posture, each a phrase with the hop as subject; empty when it follows. */
  readonly exceptions: string[];
}

/**
 * One requirement on TLS for a whole path, which has another policy name on every service.
 *
 * The names are chosen from the tables of policies that AWS publishes; a policy whose cipher suites are not published is
 * never chosen. Where a service cannot follow, the constructs of this package say so at synth, and `on(hop).exceptions` does.
 */
export class TlsPosture {
  /**
   * TLS 1.2 and 1.3, forward secrecy, no CBC suites, post-quantum key exchange where it is offered.
   */
  public static modern(): TlsPosture {
    return new TlsPosture('modern', REQUIREMENTS.modern);
  }

  /**
   * TLS 1.3 only.
   *
   * Clients that end at TLS 1.2 are turned away. API Gateway connects to its integrations with TLS 1.2 only, and CloudFront
   * to its origins for certain with TLS 1.2 only: give what stands behind them `TlsPosture.strict().withTls12()`.
   */
  public static strict(): TlsPosture {
    return new TlsPosture('strict', REQUIREMENTS.strict);
  }

  /**
   * TLS 1.2 and 1.3, with CBC suites for TLS 1.2 clients that have no AES-GCM.
   */
  public static compatible(): TlsPosture {
    return new TlsPosture('compatible', REQUIREMENTS.compatible);
  }

  /**
   * TLS 1.2 and 1.3 restricted to FIPS 140 validated cryptography, on the services that have such policies.
   */
  public static fips(): TlsPosture {
    return new TlsPosture('fips', REQUIREMENTS.fips);
  }

  /**
   * The strictest posture that still serves all of these clients. Clients that never use TLS ask for nothing.
   *
   * @param clients at least one; for instance `Client.TLS_1_2_ONLY`
   */
  public static serving(...clients: Client[]): TlsPosture {
    const rows = clients.map(({ id }) => CLIENTS[id as ClientId]).filter(({ tls }) => tls.length > 0);
    if (rows.length === 0) {
      throw new Error('TlsPosture.serving: none of the clients uses TLS. Name at least one that does, for instance Client.H2, or take TlsPosture.modern().');
    }
    const newest = rows.map(({ tls }) => tls[tls.length - 1]);
    const floor = TLS_VERSIONS.find((version) => newest.includes(version))!;
    return new TlsPosture(`serving ${clients.map(({ id }) => id).join(', ')}`, { floor, cbc: olderThan(floor, '1.2'), fips: false });
  }

  /** The name of the posture, for messages: `modern`, `strict`. */
  public readonly name: string;
  private readonly requirement: Requirement;

  private constructor(name: string, requirement: Requirement) {
    this.name = name;
    this.requirement = requirement;
  }

  /** The TLS versions that the posture asks for, oldest first: `1.2`, `1.3`. */
  public get versions(): string[] {
    return [...from(this.requirement.floor)];
  }

  /**
   * The same posture with TLS 1.2 kept: for what CloudFront or API Gateway connect to.
   */
  public withTls12(): TlsPosture {
    return this._serves('1.2') ? this : new TlsPosture(`${this.name} with TLS 1.2`, { ...this.requirement, floor: '1.2' });
  }

  /**
   * What the posture comes to on a hop.
   *
   * @param hop the kind of hop
   */
  public on(hop: TlsHop): TlsChoice {
    const { candidate, shortcomings } = this._choose(hop);
    return { policy: candidate.name, versions: [...candidate.tls], exceptions: shortcomings.map(({ says }) => says) };
  }

  /** The policy for HTTPS listeners of Application and TLS listeners of Network Load Balancers. */
  public get sslPolicy(): elbv2.SslPolicy {
    return this._choose(TlsHop.APPLICATION_LOAD_BALANCER).candidate.name as elbv2.SslPolicy;
  }

  /** The policy of a CloudFront distribution toward viewers. Takes effect only with a certificate of your own. */
  public get minimumProtocolVersion(): cloudfront.SecurityPolicyProtocol {
    return this._choose(TlsHop.DISTRIBUTION).candidate.name as cloudfront.SecurityPolicyProtocol;
  }

  /** The TLS versions that CloudFront offers to an origin. */
  public get originSslProtocols(): cloudfront.OriginSslPolicy[] {
    return [this._choose(TlsHop.ORIGIN).candidate.name as cloudfront.OriginSslPolicy];
  }

  /**
   * The policy of a REST API and of its domain names. An enhanced policy (`SecurityPolicy_…`) wants an endpoint access mode.
   *
   * @param endpointType the endpoint type of the API or domain name
   */
  public restApiPolicy(endpointType: apigateway.EndpointType): string {
    return this.on(endpointType === apigateway.EndpointType.EDGE ? TlsHop.EDGE_REST_API : TlsHop.REST_API).policy!;
  }

  /**
   * Says which TLS versions it asks for.
   */
  public toString(): string {
    return `${this.name} (${nameTls(from(this.requirement.floor))})`;
  }

  /**
   * Whether it lets a version in.
   * @internal
   */
  public _serves(version: TlsVersion): boolean {
    return from(this.requirement.floor).includes(version);
  }

  /** @internal */
  public _choose(hop: TlsHop): Choice {
    return choose(this.requirement, candidates(hop));
  }
}

function olderThan(one: TlsVersion, other: TlsVersion): boolean {
  return TLS_VERSIONS.indexOf(one) < TLS_VERSIONS.indexOf(other);
}
