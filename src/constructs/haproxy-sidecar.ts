// The HAProxy sidecar: a container, its configuration, and the declaration of itself as a hop before the servers.
// Not here: what is written into the configuration (haproxy-config.ts), how it gets into the container (proxy-container.ts).

import * as ecs from 'aws-cdk-lib/aws-ecs';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { haproxyConfig } from './haproxy-config';
import { specOf } from './proxied';
import { addProxyContainer } from './proxy-container';
import { declareProxy } from './proxy-declaration';
import { ProxySidecarProps } from './proxy-sidecar-props';
import { Proxy } from '../declare/proxy';

const VERSION = '3.2';

/**
 * Props of HaproxySidecar.
 */
export interface HaproxySidecarProps extends ProxySidecarProps {}

/**
 * An HAProxy in front of the containers of an ECS task, configured from what they speak.
 *
 * WebSocket handshakes, HTTP/2 and gRPC get through to servers that are declared to speak them; connections may be silent for longer
 * than the servers' ping interval; TLS follows the posture. It declares itself as a hop, so that the checks walk through it.
 *
 * @example
 * declare const taskDefinition: ecs.FargateTaskDefinition;
 * new HaproxySidecar(this, 'Proxy', { taskDefinition, server: Server.nodeWs({ port: 8080 }) });
 */
@propertyInjectable
export class HaproxySidecar extends Construct {
  /** Uniquely identifies this class for property injection. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-handshake.HaproxySidecar';

  /** The container of HAProxy. Point a load balancer at it: `service.loadBalancerTarget({ containerName, containerPort })`. */
  public readonly container: ecs.ContainerDefinition;

  /** The port that HAProxy listens on. */
  public readonly listenPort: number;

  /** The configuration file, as text. */
  public readonly config: string;

  constructor(scope: Construct, id: string, props: HaproxySidecarProps) {
    super(scope, id);
    const who = `HaproxySidecar '${this.node.path}'`;
    const version = props.version ?? VERSION;
    const spec = specOf(props, version, who);
    this.config = haproxyConfig(spec);
    this.listenPort = spec.listenPort;
    const program = {
      image: `public.ecr.aws/docker/library/haproxy:${version}-alpine`,
      file: 'haproxy.cfg',
      config: this.config,
      start: 'haproxy -db -f /tmp/haproxy.cfg',
      tls: 'printf \'%s\\n%s\\n\' "$TLS_CERTIFICATE" "$TLS_PRIVATE_KEY" > /tmp/tls.pem',
    };
    this.container = addProxyContainer(props, spec, program, id, who);
    declareProxy(props.taskDefinition, spec, Proxy.haproxy({ version, config: this.config, file: `${id}/haproxy.cfg` }));
  }
}
