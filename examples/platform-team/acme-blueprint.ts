// What a platform team publishes as a package: the company's defaults, put before those of cdk-handshake. App teams take one
// function from it and need to know neither.

import { Duration, InjectionContext, IPropertyInjector } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HandshakeBlueprint, TlsPosture } from 'cdk-handshake';

/** Every load balancer of the company is protected against deletion. */
class ProtectedLoadBalancers implements IPropertyInjector {
  public readonly constructUniqueId = elbv2.ApplicationLoadBalancer.PROPERTY_INJECTION_ID;

  public inject(props: elbv2.ApplicationLoadBalancerProps, _context: InjectionContext): elbv2.ApplicationLoadBalancerProps {
    return { ...props, deletionProtection: props.deletionProtection ?? true };
  }
}

/**
 * For `new App({ propertyInjectors: acmeBlueprint() })`.
 */
export function acmeBlueprint(): IPropertyInjector[] {
  const handshake = HandshakeBlueprint.injectors({ posture: TlsPosture.modern(), pingInterval: Duration.seconds(90) });
  return HandshakeBlueprint.compose([new ProtectedLoadBalancers()], handshake);
}
