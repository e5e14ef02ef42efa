// Gives every hop that terminates TLS the posture's policy, where the one it has, or the service's default, turns a client away
// or lets one in that the posture does not. Policies that fit, that are not in the tables, or that only a deployment knows
// stay. Facts: the tables of the systems; defaults of the services as documented there.

import { CfnResource, Mixin } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Everywhere } from './everywhere';
import { isAbsent, listOf, objectOf, Properties, propertiesOf } from '../../constructs/rendered';
import { TlsHop } from '../../posture/tls-hop';
import { TlsPosture } from '../../posture/tls-posture';
import { DEFAULT_API_TLS_POLICIES } from '../../systems/api-gateway/tls-policies';
import { DEFAULT_CERTIFICATE_POLICY } from '../../systems/cloudfront/policies';
import { DEFAULT_ELB_TLS_POLICY } from '../../systems/elb-tls';
import { misfit } from '../tls-fit';

/**
 * Settings of the TLS repair.
 */
export interface TlsPolicyMixinProps {
  /**
   * What TLS has to be like, on every hop.
   *
   * @default TlsPosture.modern()
   */
  readonly posture?: TlsPosture;
}

/**
 * Repairs TLS policies of listeners, distributions, API domain names and default endpoints of REST APIs, wherever they come
 * from, also what is added after it was applied. In a Stage that is added later, apply it again. Origins with HTTPS that do not
 * say which TLS versions CloudFront may use get TLS 1.2.
 *
 * @example
 * Mixins.of(app).apply(new TlsPolicyMixin({ posture: TlsPosture.modern() }));
 */
export class TlsPolicyMixin extends Mixin {
  private readonly everywhere: Everywhere;

  /**
   * @param props the posture
   */
  constructor(props: TlsPolicyMixinProps = {}) {
    super();
    const posture = props.posture ?? TlsPosture.modern();
    this.everywhere = new Everywhere((resource) => repairTls(resource, posture));
  }

  /**
   * Called by `Mixins.of(scope).apply(...)`.
   *
   * @param construct a construct
   */
  public applyTo(construct: IConstruct): void {
    this.everywhere.applyTo(construct);
  }
}

type Repair = (resource: CfnResource, properties: Properties, posture: TlsPosture) => void;

const REPAIRS: Readonly<Record<string, Repair | undefined>> = {
  'AWS::ElasticLoadBalancingV2::Listener': listener,
  'AWS::CloudFront::Distribution': distribution,
  'AWS::ApiGateway::DomainName': restDomain,
  'AWS::ApiGateway::RestApi': restApi,
  'AWS::ApiGatewayV2::DomainName': domain,
};

export function repairTls(resource: CfnResource, posture: TlsPosture): void {
  const repair = REPAIRS[resource.cfnResourceType];
  const properties = repair && propertiesOf(resource);
  if (properties) repair(resource, properties, posture);
}

/** Whether a policy, or the default in its absence, does not do what the posture asks for. */
function isWrong(value: unknown, byDefault: string, posture: TlsPosture, hop: TlsHop): boolean {
  const policy = isAbsent(value) ? byDefault : value;
  return typeof policy === 'string' && misfit(posture, hop, policy) !== undefined;
}

function listener(resource: CfnResource, { Protocol, SslPolicy }: Properties, posture: TlsPosture): void {
  if (Protocol !== 'HTTPS' && Protocol !== 'TLS') return;
  const hop = Protocol === 'TLS' ? TlsHop.NETWORK_LOAD_BALANCER : TlsHop.APPLICATION_LOAD_BALANCER;
  if (isWrong(SslPolicy, DEFAULT_ELB_TLS_POLICY, posture, hop)) resource.addPropertyOverride('SslPolicy', posture.on(hop).policy);
}

function distribution(resource: CfnResource, { DistributionConfig }: Properties, posture: TlsPosture): void {
  const config = objectOf(DistributionConfig);
  const certificate = objectOf(config.ViewerCertificate);
  const own = [certificate.AcmCertificateArn, certificate.IamCertificateId].some((arn) => !isAbsent(arn));
  const { MinimumProtocolVersion, SslSupportMethod } = certificate;
  if (own && SslSupportMethod !== 'vip' && isWrong(MinimumProtocolVersion, DEFAULT_CERTIFICATE_POLICY, posture, TlsHop.DISTRIBUTION)) {
    resource.addPropertyOverride('DistributionConfig.ViewerCertificate.MinimumProtocolVersion', posture.minimumProtocolVersion);
  }
  listOf(config.Origins).forEach((origin, index) => {
    const { OriginProtocolPolicy, OriginSSLProtocols } = objectOf(objectOf(origin).CustomOriginConfig);
    const secure = OriginProtocolPolicy === 'https-only' || OriginProtocolPolicy === 'match-viewer';
    if (secure && isAbsent(OriginSSLProtocols)) {
      resource.addPropertyOverride(`DistributionConfig.Origins.${index}.CustomOriginConfig.OriginSSLProtocols`, posture.originSslProtocols);
    }
  });
}

function restDomain(resource: CfnResource, properties: Properties, posture: TlsPosture): void {
  const regional = isAbsent(properties.EndpointConfiguration) && isAbsent(properties.CertificateArn);
  const hop = restHop(properties, regional);
  // Mutual TLS goes with TLS_1_2 only.
  const policy = isAbsent(properties.MutualTlsAuthentication) ? hop && posture.on(hop).policy! : DEFAULT_API_TLS_POLICIES.domainName;
  const wrong = hop && isWrong(properties.SecurityPolicy, DEFAULT_API_TLS_POLICIES.domainName, posture, hop);
  if (wrong && policy !== properties.SecurityPolicy) write(resource, properties, policy!);
}

/** The default endpoint; one that is closed needs no policy. */
function restApi(resource: CfnResource, properties: Properties, posture: TlsPosture): void {
  const hop = restHop(properties, false);
  const types = listOf(objectOf(properties.EndpointConfiguration).Types);
  const byDefault = types.includes('PRIVATE') ? DEFAULT_API_TLS_POLICIES.privateRestApi : DEFAULT_API_TLS_POLICIES.restApi;
  if (!hop || properties.DisableExecuteApiEndpoint === true) return;
  if (isWrong(properties.SecurityPolicy, byDefault, posture, hop)) write(resource, properties, posture.on(hop).policy!);
}

/** Undefined for an endpoint type that is not known; edge-optimized when nothing is written. */
function restHop({ EndpointConfiguration }: Properties, regional: boolean): TlsHop | undefined {
  if (isAbsent(EndpointConfiguration)) return regional ? TlsHop.REST_API : TlsHop.EDGE_REST_API;
  const types = objectOf(EndpointConfiguration).Types;
  const [type] = listOf(types);
  if (type === 'EDGE' || isAbsent(types)) return TlsHop.EDGE_REST_API;
  return type === 'REGIONAL' || type === 'PRIVATE' ? TlsHop.REST_API : undefined;
}

/** The SecurityPolicy_ names want an access mode, the others take none. */
function write(resource: CfnResource, { EndpointAccessMode }: Properties, policy: string): void {
  resource.addPropertyOverride('SecurityPolicy', policy);
  if (!policy.startsWith('SecurityPolicy_')) resource.addPropertyDeletionOverride('EndpointAccessMode');
  else if (isAbsent(EndpointAccessMode)) resource.addPropertyOverride('EndpointAccessMode', 'BASIC');
}

function domain(resource: CfnResource, { DomainNameConfigurations }: Properties, posture: TlsPosture): void {
  listOf(DomainNameConfigurations).forEach((configuration, index) => {
    const { SecurityPolicy } = objectOf(configuration);
    if (!isAbsent(SecurityPolicy) && isWrong(SecurityPolicy, DEFAULT_API_TLS_POLICIES.httpApi, posture, TlsHop.HTTP_API)) {
      resource.addPropertyOverride(`DomainNameConfigurations.${index}.SecurityPolicy`, posture.on(TlsHop.HTTP_API).policy);
    }
  });
}
