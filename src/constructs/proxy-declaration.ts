// Declares the servers behind a sidecar as what they are, with the sidecar as a hop before them.

import { IConstruct } from 'constructs';
import { SidecarSpec } from './proxied';
import { Protocols } from '../declare/protocols';
import { Proxy } from '../declare/proxy';
import { Server } from '../declare/server';

export function declareProxy(task: IConstruct, { servers, listenPort }: SidecarSpec, proxy: Proxy): void {
  for (const { server, path } of servers) {
    const behind = server.behindProxy(proxy, listenPort);
    Protocols.of(task).server(path === undefined ? behind : Server.of({ ...behind._props, path }));
  }
}
