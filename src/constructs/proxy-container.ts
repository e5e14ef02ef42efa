// Puts a sidecar proxy into a task: container, port, and its configuration, which a shell writes to /tmp before the program starts.
// So no image has to be built, and nothing stands in the environment (AwsSolutions-ECS2); a certificate comes from ECS secrets.
// Facts: ECS API reference, ContainerDefinition (entryPoint, command; a task definition has at most 64 KiB).

import * as ecs from 'aws-cdk-lib/aws-ecs';
import { SidecarSpec } from './proxied';
import { ProxySidecarProps } from './proxy-sidecar-props';

export interface ProxyProgram {
  readonly image: string;
  /** File in /tmp. */
  readonly file: string;
  readonly config: string;
  /** What starts it, in the foreground. */
  readonly start: string;
  /** What puts the certificate where the configuration expects it. */
  readonly tls: string;
}

const END = 'END_OF_CONFIGURATION';

export function addProxyContainer(
  props: ProxySidecarProps, { listenPort }: SidecarSpec, program: ProxyProgram, id: string, who: string,
): ecs.ContainerDefinition {
  const { taskDefinition, tls, image, logging, cpu, memoryReservationMiB = 64 } = props;
  const { networkMode } = taskDefinition;
  if (networkMode !== ecs.NetworkMode.AWS_VPC && networkMode !== ecs.NetworkMode.HOST) {
    throw new Error(`${who}: the network mode of the task is ${networkMode}, in which containers do not share 127.0.0.1. Use NetworkMode.AWS_VPC.`);
  }
  return taskDefinition.addContainer(id, {
    image: image ?? ecs.ContainerImage.fromRegistry(program.image),
    entryPoint: ['sh', '-c'],
    command: [[
      ...(tls ? ['umask 077', program.tls] : []),
      `cat > /tmp/${program.file} <<'${END}'`,
      `${program.config}${END}`,
      `exec ${program.start}`,
    ].join('\n')],
    ...(tls ? { secrets: { TLS_CERTIFICATE: tls.certificate, TLS_PRIVATE_KEY: tls.privateKey } } : {}),
    portMappings: [{ containerPort: listenPort }],
    logging: logging ?? ecs.LogDrivers.awsLogs({ streamPrefix: id }),
    essential: true,
    memoryReservationMiB,
    ...(cpu === undefined ? {} : { cpu }),
  });
}
