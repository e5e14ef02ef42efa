// The blueprint as users see it: which L2s have injectors, and how a team's own injectors go with them.
// What each default is and why: the files of injectors, one per service family.

import { Duration, IPropertyInjector } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { domainName, httpStage, restApi, restDomainName, restStage, webSocketStage } from './api-injectors';
import { distribution } from './distribution-injectors';
import { pingSeconds } from './idle-timeout';
import { chain, injector, Settings } from './injector';
import { applicationListener, applicationLoadBalancer, applicationTargetGroup, networkListener } from './load-balancer-injectors';
import { TlsPosture } from '../posture/tls-posture';

/**
 * What the blueprint gives to an app's constructs.
 */
export interface HandshakeBlueprintProps {
  /**
   * What TLS has to be like, on every hop.
   *
   * @default TlsPosture.modern()
   */
  readonly posture?: TlsPosture;

  /**
   * The longest time between two pings of any WebSocket server of the app. Idle timeouts of load balancers become twice as long.
   *
   * @default - idle timeouts stay at the default of the service
   */
  readonly pingInterval?: Duration;

  /**
   * Whether stages of APIs keep an access log that shows who fails. REST and WebSocket APIs write with the CloudWatch role that
   * is set for API Gateway in the account and region; without one, a stage with a log cannot be deployed.
   *
   * @default - HTTP APIs only, whose logs need no role
   */
  readonly accessLogs?: boolean;
}

/**
 * Defaults under which the plain L2 constructs of an app pass the checks.
 *
 * They cover `ApplicationLoadBalancer`, `ApplicationListener`, `ApplicationTargetGroup`, `NetworkListener`, `Distribution`, both
 * `DomainName` classes, `RestApi` and `SpecRestApi`, and the stages of REST, HTTP and WebSocket APIs. A value that the user
 * writes wins; when it turns a client away that the default serves, or lets one in, a warning
 * `cdk-handshake:blueprintOverridden:<Class>.<property>` says so. L1 constructs and generic resources are out of reach of
 * injectors; the mixins of this package repair them.
 *
 * The CDK asks only the nearest scope that has an injector for a class. A Stack with injectors of its own for one of these
 * classes therefore loses the blueprint for that class; give it `HandshakeBlueprint.compose(own, HandshakeBlueprint.injectors())`.
 *
 * @example
 * const app = new App({ propertyInjectors: HandshakeBlueprint.injectors({ posture: TlsPosture.modern() }) });
 */
export class HandshakeBlueprint {
  /**
   * The injectors, for `propertyInjectors` of an App, Stage or Stack, or for `PropertyInjectors.of(scope).add(...)`.
   *
   * @param props what the defaults are to be like
   */
  public static injectors(props: HandshakeBlueprintProps = {}): IPropertyInjector[] {
    pingSeconds('HandshakeBlueprint.injectors: \'pingInterval\'', props.pingInterval);
    const settings: Settings = { ...props, posture: props.posture ?? TlsPosture.modern() };
    return [
      injector(elbv2.ApplicationLoadBalancer.PROPERTY_INJECTION_ID, applicationLoadBalancer, settings),
      injector(elbv2.ApplicationListener.PROPERTY_INJECTION_ID, applicationListener, settings),
      injector(elbv2.ApplicationTargetGroup.PROPERTY_INJECTION_ID, applicationTargetGroup, settings),
      injector(elbv2.NetworkListener.PROPERTY_INJECTION_ID, networkListener, settings),
      injector(cloudfront.Distribution.PROPERTY_INJECTION_ID, distribution, settings),
      injector(apigateway.DomainName.PROPERTY_INJECTION_ID, restDomainName, settings),
      injector(apigateway.RestApi.PROPERTY_INJECTION_ID, restApi, settings),
      injector(apigateway.SpecRestApi.PROPERTY_INJECTION_ID, restApi, settings),
      injector(apigateway.Stage.PROPERTY_INJECTION_ID, restStage, settings),
      injector(apigatewayv2.DomainName.PROPERTY_INJECTION_ID, domainName, settings),
      injector(apigatewayv2.HttpStage.PROPERTY_INJECTION_ID, httpStage, settings),
      injector(apigatewayv2.WebSocketStage.PROPERTY_INJECTION_ID, webSocketStage, settings),
    ];
  }

  /**
   * Makes one list of several, in which every construct class has one injector, because the CDK keeps only one.
   *
   * Earlier lists come first, and later ones see the result as if the user had written it. Put a team's own defaults before
   * those of the blueprint.
   *
   * @param lists lists of injectors
   */
  public static compose(...lists: IPropertyInjector[][]): IPropertyInjector[] {
    return chain(lists.flat());
  }

  private constructor() {}
}
