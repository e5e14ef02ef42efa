// Defaults for the L2s of Elastic Load Balancing: HTTP/2 on, an idle timeout above the ping interval, the posture's TLS policy
// on listeners that have TLS, and gRPC health checks that a gRPC server passes.
// Not here: ALPN of network load balancers. HTTP2_PREFERRED would send HTTP/2 to servers that only know HTTP/1.1, because a
// network load balancer never translates, and no property says what the targets speak; the pack says where h2 is missing.
// Not here either: protocol versions of target groups, which stay what the user says, and logs, which no property can switch on
// (EdgeLogsMixin does). Facts: ELB guides, pages as named below; which listener is HTTPS: aws-cdk-lib elasticloadbalancingv2
// shared/util, determineProtocolAndPort.

import { Duration, InjectionContext, Token } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ALB_IDLE, idleSeconds, IdleRange, NLB_IDLE, pingSeconds } from './idle-timeout';
import { Defaults } from './injector';
import { warn } from './overridden';
import { misfit } from './tls-fit';
import { TlsHop } from '../posture/tls-hop';
import { TlsPosture } from '../posture/tls-posture';

/** Ports that the L2 takes for HTTPS when no protocol is given. */
const HTTPS_PORTS = [443, 8443];

export const applicationLoadBalancer: Defaults<elbv2.ApplicationLoadBalancerProps> = (props, context, { pingInterval }) => {
  if (props.http2Enabled === false) {
    warn(context, {
      setting: 'ApplicationLoadBalancer.http2Enabled',
      value: 'false',
      because: 'gRPC clients and others that speak HTTP/2 only find no h2, and HTTP2 and GRPC target groups answer 464 to everybody',
      instead: 'Remove http2Enabled: false',
    });
  }
  const idle = idleTimeout('ApplicationLoadBalancer.idleTimeout', props.idleTimeout, pingInterval, ALB_IDLE, context);
  return { http2Enabled: true, ...(idle ? { idleTimeout: idle } : {}), ...props };
};

export const applicationListener: Defaults<elbv2.ApplicationListenerProps> = (props, context, { posture }) => {
  if (!isHttps(props)) return props;
  comparePolicy('ApplicationListener.sslPolicy', props.sslPolicy, posture, TlsHop.APPLICATION_LOAD_BALANCER, context);
  return { sslPolicy: posture.sslPolicy, ...props };
};

/**
 * A gRPC health check with a path of its own calls a real method, which answers 0; the service's matcher is 12, the answer to a method that is
 * not there, and only right for its default path. Both are taken, so that what was healthy before stays so.
 * ELB guide "Health checks for Application Load Balancer target groups".
 */
export const applicationTargetGroup: Defaults<elbv2.ApplicationTargetGroupProps> = (props) => {
  const { healthCheck } = props;
  const own = props.protocolVersion === elbv2.ApplicationProtocolVersion.GRPC && healthCheck?.path !== undefined;
  const matched = healthCheck?.healthyGrpcCodes ?? healthCheck?.healthyHttpCodes;
  return own && matched === undefined ? { ...props, healthCheck: { ...healthCheck, healthyGrpcCodes: '0,12' } } : props;
};

export const networkListener: Defaults<elbv2.NetworkListenerProps> = (props, context, { posture, pingInterval }) => {
  const certified = (props.certificates ?? []).length > 0;
  const protocol = props.protocol ?? (certified ? elbv2.Protocol.TLS : elbv2.Protocol.TCP);
  const tls = protocol === elbv2.Protocol.TLS;
  if (tls) comparePolicy('NetworkListener.sslPolicy', props.sslPolicy, posture, TlsHop.NETWORK_LOAD_BALANCER, context);
  const idle = tls || protocol === elbv2.Protocol.TCP
    ? idleTimeout('NetworkListener.tcpIdleTimeout', props.tcpIdleTimeout, pingInterval, NLB_IDLE, context)
    : undefined;
  return {
    ...(tls ? { sslPolicy: posture.on(TlsHop.NETWORK_LOAD_BALANCER).policy as elbv2.SslPolicy } : {}),
    ...(idle ? { tcpIdleTimeout: idle } : {}),
    ...props,
  };
};

function isHttps({ protocol, port }: elbv2.ApplicationListenerProps): boolean {
  if (protocol !== undefined) return protocol === elbv2.ApplicationProtocol.HTTPS;
  return port !== undefined && HTTPS_PORTS.includes(port);
}

/** The timeout to set when the user sets none; undefined when the service's own is long enough. */
function idleTimeout(
  setting: string, given: Duration | undefined, ping: Duration | undefined, range: IdleRange, context: InjectionContext,
): Duration | undefined {
  const pause = pingSeconds('pingInterval', ping);
  if (pause === undefined) return undefined;
  const wanted = idleSeconds(pause, range);
  const idle = given === undefined || given.isUnresolved() ? undefined : given.toSeconds({ integral: false });
  if (idle !== undefined && idle <= pause) {
    warn(context, {
      setting,
      value: `${idle} s`,
      because: `quiet WebSocket clients are cut off (close code 1006) before the server's next ping, which comes after ${pause} s`,
      instead: `Write Duration.seconds(${wanted}) or leave ${setting.split('.')[1]} out`,
    });
  }
  return wanted > range.least ? Duration.seconds(wanted) : undefined;
}

function comparePolicy(setting: string, given: string | undefined, posture: TlsPosture, hop: TlsHop, context: InjectionContext): void {
  const because = given === undefined || Token.isUnresolved(given) ? undefined : misfit(posture, hop, given);
  if (because) warn(context, { setting, value: given!, because, instead: `Leave sslPolicy out, or write posture.sslPolicy (${posture.on(hop).policy})` });
}
