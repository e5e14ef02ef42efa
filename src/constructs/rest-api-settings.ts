// What an EdgeRestApi passes to its L2, and which combinations cannot work: endpoint type, TLS policy and access mode of the domain
// name, stage. Pure; the construct is edge-rest-api.ts.
// Facts: API Gateway guide "Security policies" (enhanced policies, SecurityPolicy_…, want an endpoint access mode and exclude mutual TLS;
// legacy ones take no mode), "Mutual TLS for REST APIs" (regional domain name, not for private APIs), "Private custom domain names".

import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { checkDomain, pathOf } from './api-domain';
import type { EdgeRestApiProps } from './edge-rest-api';
import { defined } from '../declare/defined';
import { TlsPosture } from '../posture/tls-posture';

const { EDGE, REGIONAL, PRIVATE } = apigateway.EndpointType;

/** Regional unless the user says otherwise. */
export function endpointTypeOf({ endpointConfiguration, endpointTypes }: EdgeRestApiProps): apigateway.EndpointType {
  return endpointConfiguration?.types[0] ?? endpointTypes?.[0] ?? REGIONAL;
}

/** The access mode that goes with a policy: one of the user's or BASIC with an enhanced one, none with a legacy one. */
export function accessModeFor(policy: string | undefined, wanted?: apigateway.EndpointAccessMode): apigateway.EndpointAccessMode | undefined {
  return isEnhanced(policy) ? wanted ?? apigateway.EndpointAccessMode.BASIC : undefined;
}

export function l2Props(props: EdgeRestApiProps, posture: TlsPosture): apigateway.RestApiProps {
  const { accessLogFormat, ...deployOptions } = props.deployOptions ?? {};
  const domainName = domainOf(props, posture);
  const loggingLevel = props.logs ?? true ? apigateway.MethodLoggingLevel.ERROR : undefined;
  // A format of the user's with a destination of ours is put together after the stage is there.
  const format = deployOptions.accessLogDestination ? { accessLogFormat } : {};
  return {
    ...props,
    ...(props.endpointConfiguration ? {} : { endpointTypes: props.endpointTypes ?? [REGIONAL] }),
    deployOptions: props.deploy ?? true ? defined({ loggingLevel, ...defined(deployOptions), ...format }) : props.deployOptions,
    domainName,
    disableExecuteApiEndpoint: props.disableExecuteApiEndpoint ?? (domainName ? true : undefined),
  };
}

function domainOf(props: EdgeRestApiProps, posture: TlsPosture): apigateway.DomainNameOptions | undefined {
  const { domain, mutualTls: mtls, domainName: given } = props;
  const options = domain
    ? { domainName: domain.name, certificate: domain.certificate, endpointType: endpointTypeOf(props), basePath: pathOf(domain), mtls }
    : given;
  if (!options) return undefined;
  const fitting = options.mtls ? 'TLS_1_2' : posture.restApiPolicy(options.endpointType ?? REGIONAL);
  const securityPolicy = given?.securityPolicy ?? fitting as apigateway.SecurityPolicy;
  return { ...options, securityPolicy, endpointAccessMode: given?.endpointAccessMode ?? accessModeFor(securityPolicy, props.endpointAccessMode) };
}

function isEnhanced(policy: string | undefined): boolean {
  return policy?.startsWith('SecurityPolicy_') ?? false;
}

/** Refuses what cannot work, with what to write instead. */
export function checkRestApi(who: string, scope: Construct, props: EdgeRestApiProps, posture: TlsPosture): void {
  const { domain, mutualTls, domainName } = props;
  const type = endpointTypeOf(props);
  if (domain) checkDomain(who, scope, domain, type === EDGE);
  if (domain && domainName) throw new Error(`${who}: both 'domain' and 'domainName' are given. Write 'domain' to have the TLS posture, records and IPv6 with it, or 'domainName' with the options of the L2.`);
  if (domain && type === PRIVATE) throw new Error(`${who}: a private API takes no public domain name. Leave 'domain' out and make a private one (AWS::ApiGateway::DomainNameV2), or make the API regional.`);
  if (domain && type === EDGE && pathOf(domain)?.includes('/')) throw new Error(`${who}: 'domain.path' is '${domain.path}', and edge-optimized domain names take one path segment only. Write one, or leave 'endpointTypes' out, so that the API is regional.`);
  if (domain && props.deploy === false && pathOf(domain)?.includes('/')) throw new Error(`${who}: 'domain.path' is '${domain.path}', and several path segments lead to a stage, which 'deploy: false' leaves out. Write one segment, or leave 'deploy' out.`);
  const policy = posture.restApiPolicy(type);
  if (props.endpointAccessMode && !isEnhanced(policy)) {
    throw new Error(`${who}: 'endpointAccessMode' is ${props.endpointAccessMode}, and the TLS policy of the posture ${posture} is ${policy}, which takes none. Leave it out, or use TlsPosture.modern().`);
  }
  if (mutualTls) checkMutualTls(who, props, posture);
}

function checkMutualTls(who: string, props: EdgeRestApiProps, posture: TlsPosture): void {
  if (!props.domain) throw new Error(`${who}: 'mutualTls' is given without 'domain', and mutual TLS is a property of a custom domain name. Add domain: { name: 'api.example.com', certificate }.`);
  if (endpointTypeOf(props) === EDGE) throw new Error(`${who}: mutual TLS is not for edge-optimized domain names. Leave 'endpointTypes' out, so that the API is regional.`);
  if (!posture.versions.includes('1.2')) {
    throw new Error(`${who}: the posture ${posture} needs an enhanced TLS policy, and mutual TLS does not go with one: its policy is TLS_1_2. Use TlsPosture.modern(), or leave 'mutualTls' out.`);
  }
  if (props.disableExecuteApiEndpoint === false) throw new Error(`${who}: 'disableExecuteApiEndpoint: false' keeps the default endpoint open, a way around 'mutualTls' for callers without a certificate. Leave it out.`);
}
