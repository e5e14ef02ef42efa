// The props that nginx and HAProxy sidecars have in common.

import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Server } from '../declare/server';
import { TlsPosture } from '../posture/tls-posture';

/**
 * TLS on the port of a sidecar.
 */
export interface ProxySidecarTls {
  /** The certificate with its chain, in PEM. */
  readonly certificate: ecs.Secret;

  /** The private key, in PEM. */
  readonly privateKey: ecs.Secret;

  /**
   * The requirement on TLS.
   *
   * @default TlsPosture.modern()
   */
  readonly posture?: TlsPosture;
}

/**
 * Props of a sidecar proxy.
 */
export interface ProxySidecarProps {
  /** The task that the sidecar joins; its network mode is awsvpc or host, so that containers reach each other at 127.0.0.1. */
  readonly taskDefinition: ecs.TaskDefinition;

  /** What stands behind the sidecar, with its port: `Server.nodeWs({ port: 8080 })`. */
  readonly server: Server;

  /**
   * Servers for some paths, each with its port; `*` at the end for any rest: `/ws/*`.
   *
   * @default - everything goes to `server`
   */
  readonly routes?: { [path: string]: Server };

  /**
   * The port that the sidecar listens on.
   *
   * @default - 443 with TLS, else 80
   */
  readonly listenPort?: number;

  /**
   * TLS on that port.
   *
   * @default - cleartext
   */
  readonly tls?: ProxySidecarTls;

  /**
   * The version of the program in the image; decides how the configuration is written.
   *
   * @default - 1.28 of nginx, 3.2 of HAProxy
   */
  readonly version?: string;

  /**
   * The image. It needs a shell.
   *
   * @default - the Alpine image of the program in Amazon's public registry (public.ecr.aws/docker/library)
   */
  readonly image?: ecs.ContainerImage;

  /**
   * Where the sidecar logs to.
   *
   * @default - CloudWatch Logs, with the id of the construct as prefix
   */
  readonly logging?: ecs.LogDriver;

  /**
   * CPU units of the sidecar.
   *
   * @default - no limit of its own
   */
  readonly cpu?: number;

  /**
   * Memory that is kept for the sidecar, in MiB.
   *
   * @default 64
   */
  readonly memoryReservationMiB?: number;
}
