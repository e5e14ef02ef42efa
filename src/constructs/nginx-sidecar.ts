// The nginx sidecar: a container, its configuration, and the declaration of itself as a hop before the servers.
// Not here: what is written into the configuration (nginx-config.ts), how it gets into the container (proxy-container.ts).

import * as ecs from 'aws-cdk-lib/aws-ecs';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { nginxConfig } from './nginx-config';
import { specOf } from './proxied';
import { addProxyContainer } from './proxy-container';
import { declareProxy } from './proxy-declaration';
import { ProxySidecarProps } from './proxy-sidecar-props';
import { Proxy } from '../declare/proxy';

const VERSION = '1.28';

/**
 * Props of NginxSidecar.
 */
export interface NginxSidecarProps extends ProxySidecarProps {}

/**
 * An nginx in front of the containers of an ECS task, configured from what they speak.
 *
 * WebSocket handshakes, HTTP/2 and gRPC get through to servers that are declared to speak them; connections may be silent for longer
 * than the servers' ping interval; TLS follows the posture. It declares itself as a hop, so that the checks walk through it.
 *
 * @example
 * declare const taskDefinition: ecs.FargateTaskDefinition;
 * new NginxSidecar(this, 'Proxy', { taskDefinition, server: Server.nodeWs({ port: 8080 }) });
 */
@propertyInjectable
export class NginxSidecar extends Construct {
  /** Uniquely identifies this class for property injection. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-handshake.NginxSidecar';

  /** The container of nginx. Point a load balancer at it: `service.loadBalancerTarget({ containerName, containerPort })`. */
  public readonly container: ecs.ContainerDefinition;

  /** The port that nginx listens on. */
  public readonly listenPort: number;

  /** The configuration file, as text. */
  public readonly config: string;

  constructor(scope: Construct, id: string, props: NginxSidecarProps) {
    super(scope, id);
    const who = `NginxSidecar '${this.node.path}'`;
    const version = props.version ?? VERSION;
    const spec = specOf(props, version, who);
    this.config = nginxConfig(spec);
    this.listenPort = spec.listenPort;
    const program = {
      image: `public.ecr.aws/docker/library/nginx:${version}-alpine`,
      file: 'nginx.conf',
      config: this.config,
      start: "nginx -c /tmp/nginx.conf -g 'daemon off;'",
      tls: 'printf \'%s\\n\' "$TLS_CERTIFICATE" > /tmp/tls.crt; printf \'%s\\n\' "$TLS_PRIVATE_KEY" > /tmp/tls.key',
    };
    this.container = addProxyContainer(props, spec, program, id, who);
    declareProxy(props.taskDefinition, spec, Proxy.nginx({ version, config: this.config, file: `${id}/nginx.conf` }));
  }
}
