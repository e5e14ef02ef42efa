// Defaults for API Gateway: the posture's TLS policy on domain names, by endpoint type, with the endpoint access mode that an
// enhanced policy wants; access logs on stages. The default endpoint of a REST API begins with TLS 1.0, and the L2 has no property
// for it: its resource gets the policy at synth, unless somebody has set one by then.
// Facts: API Gateway guide "Security policies" (enhanced policies want an access mode and exclude mutual TLS); aws-cdk-lib
// aws-apigateway DomainName, which refuses wrong combinations; logs and the account's role: constructs/api-access-log.ts.

import { Annotations, Aspects, CfnResource, InjectionContext, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { Defaults } from './injector';
import { isAbsent, propertiesOf } from '../constructs/rendered';
import { repairTls } from './mixins/tls-policy-mixin';
import { warn } from './overridden';
import { isEdge, newStageLog } from './stage-log';
import { misfit } from './tls-fit';
import { accessLogFormat as lineOf } from '../constructs/api-access-log';
import { announce } from '../posture/announce';
import { TlsHop } from '../posture/tls-hop';
import { TlsPosture } from '../posture/tls-posture';

export const restDomainName: Defaults<apigateway.DomainNameProps> = (props, context, { posture }) => {
  const { endpointType = apigateway.EndpointType.REGIONAL, securityPolicy, mtls } = props;
  if (Token.isUnresolved(endpointType)) return props;
  const hop = endpointType === apigateway.EndpointType.EDGE ? TlsHop.EDGE_REST_API : TlsHop.REST_API;
  if (securityPolicy !== undefined) {
    comparePolicy('apigateway.DomainName.securityPolicy', securityPolicy, posture, hop, context);
    return props;
  }
  if (mtls) return mutual(props, context, posture, hop);
  const policy = posture.restApiPolicy(endpointType) as apigateway.SecurityPolicy;
  if (!policy.startsWith('SecurityPolicy_')) return { ...props, securityPolicy: policy };
  return { endpointAccessMode: apigateway.EndpointAccessMode.BASIC, ...props, securityPolicy: policy };
};

/** Mutual TLS goes with TLS_1_2 only, whatever the posture asks for. */
function mutual(props: apigateway.DomainNameProps, { scope, id }: InjectionContext, posture: TlsPosture, hop: TlsHop): apigateway.DomainNameProps {
  const securityPolicy = apigateway.SecurityPolicy.TLS_1_2;
  const because = misfit(posture, hop, securityPolicy);
  if (because) {
    const says = `${id}: a domain name with mutual TLS has policy ${securityPolicy} and no other: ${because}.`;
    Annotations.of(scope).addWarningV2('cdk-handshake:tlsPostureNotFollowed', says);
  }
  return { ...props, securityPolicy };
}

export const restApi: Defaults<apigateway.RestApiBaseProps> = (props, { scope, id }, { posture }) => {
  Aspects.of(scope).add({
    visit: (node) => {
      if (!CfnResource.isCfnResource(node) || node.cfnResourceType !== 'AWS::ApiGateway::RestApi') return;
      const own = node.node.scope === scope.node.tryFindChild(id);
      if (own && isAbsent(propertiesOf(node)?.SecurityPolicy)) repairTls(node, posture);
    },
  });
  return props;
};

export const domainName: Defaults<apigatewayv2.DomainNameProps> = (props, context, { posture }) => {
  comparePolicy('apigatewayv2.DomainName.securityPolicy', props.securityPolicy, posture, TlsHop.HTTP_API, context);
  if (props.securityPolicy === undefined) announce(context.scope, posture, TlsHop.HTTP_API);
  return { securityPolicy: apigatewayv2.SecurityPolicy.TLS_1_2, ...props };
};

export const restStage: Defaults<apigateway.StageProps> = (props, context, { accessLogs }) => {
  const { accessLogDestination, accessLogFormat } = props;
  if (accessLogFormat || isEdge(context.scope) || (!accessLogDestination && accessLogs !== true)) return props;
  return {
    ...props,
    accessLogDestination: accessLogDestination ?? new apigateway.LogGroupLogDestination(newStageLog(context.scope, `${context.id}AccessLog`)),
    accessLogFormat: lineOf('rest'),
  };
};

export const httpStage: Defaults<apigatewayv2.HttpStageProps> = (props, context, { accessLogs }) =>
  accessLogs === false ? props : logged(props, context, 'http');

export const webSocketStage: Defaults<apigatewayv2.WebSocketStageProps> = (props, context, { accessLogs }) =>
  accessLogs === true ? logged(props, context, 'websocket') : props;

function logged<Props extends apigatewayv2.StageOptions>(props: Props, context: InjectionContext, product: 'http' | 'websocket'): Props {
  if (props.accessLogSettings || isEdge(context.scope)) return props;
  const destination = new apigatewayv2.LogGroupLogDestination(newStageLog(context.scope, `${context.id}AccessLog`));
  return { ...props, accessLogSettings: { destination, format: lineOf(product) } };
}

function comparePolicy(setting: string, given: string | undefined, posture: TlsPosture, hop: TlsHop, context: InjectionContext): void {
  const because = given === undefined || Token.isUnresolved(given) ? undefined : misfit(posture, hop, given);
  if (because) warn(context, { setting, value: given!, because, instead: `Leave securityPolicy out, or write ${posture.on(hop).policy}` });
}
