// All systems that are known, and how they find each other.

import { Resource, Templates } from '../template';
import { albSystem } from './alb';
import { apiDomainSystem } from './api-gateway/domain-endpoint';
import { appMeshSystem } from './app-mesh';
import { appRunnerSystem } from './app-runner';
import { appSyncSystem } from './appsync';
import { beanstalkSystem } from './beanstalk';
import { covers } from './certificate';
import { classicSystem } from './classic-elb';
import { cloudFrontSystem } from './cloudfront';
import { fronted } from './front';
import { globalAcceleratorSystem } from './global-accelerator';
import { Door, Network, System } from './hop';
import { httpApiSystem } from './http-api';
import { lambdaUrlSystem } from './lambda-url';
import { networkFirewallSystem } from './network-firewall';
import { nlbSystem } from './nlb';
import { restApiSystem } from './rest-api';
import { serviceConnectSystem } from './service-connect';
import { vpcLatticeSystem } from './vpc-lattice';
import { wafSystem } from './waf';
import { webSocketApiSystem } from './websocket-api';

export * from './hop';
export { Walk } from './walk';
export type { Branch, Leg } from './walk';

/** Reads one kind of system from the templates. Adding one: a folder, its test, a line in SYSTEMS. */
export type ReadSystem = (network: Network) => System;

const SYSTEMS: readonly ReadSystem[] = [
  albSystem, cloudFrontSystem, restApiSystem, httpApiSystem, webSocketApiSystem, apiDomainSystem, appMeshSystem,
  appRunnerSystem, appSyncSystem, beanstalkSystem, classicSystem, globalAcceleratorSystem, lambdaUrlSystem,
  networkFirewallSystem, nlbSystem, serviceConnectSystem, vpcLatticeSystem, wafSystem,
];

/** Every system of the templates. */
export function systems(templates: Templates): System[] {
  const doors = new Map<string, Door>();
  const network: Network = {
    templates,
    door: (resource: Resource) => doors.get(resource.key),
    doorNamed: (host: string) => {
      const named = [...doors.values()].filter((door) => covers(door.names?.() ?? [], host));
      return named.length === 1 ? named[0] : undefined;
    },
  };
  const read = SYSTEMS.map((system) => system(network));
  for (const { doors: own } of read) for (const door of own ?? []) doors.set(door.resource.key, door);
  return read.map((system) => ({ ...system, entries: system.entries.flatMap(fronted) }));
}
