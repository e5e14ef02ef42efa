// Keeps quiet WebSockets alive: idle timeouts that are not above the ping interval become twice as long as it. Longer ones stay.
// Facts: idle-timeout.ts. Listeners of network load balancers: TCP and TLS only.

import { CfnResource, Duration, Mixin } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Everywhere } from './everywhere';
import { attributesOf, declared, propertiesOf, setAttributes } from '../../constructs/rendered';
import { ALB_IDLE, idleSeconds, IdleRange, NLB_IDLE, pingSeconds } from '../idle-timeout';

/**
 * Settings of the idle timeout repair.
 */
export interface IdleTimeoutMixinProps {
  /**
   * The longest time between two pings of any WebSocket server.
   *
   * @default - the longest `pingInterval` that a server of the app is declared to have; without one nothing is changed
   */
  readonly pingInterval?: Duration;
}

/**
 * Raises idle timeouts of load balancers above the ping interval of the WebSocket servers, also where a load balancer is added
 * after it was applied.
 *
 * @example
 * Mixins.of(app).apply(new IdleTimeoutMixin({ pingInterval: Duration.minutes(2) }));
 */
export class IdleTimeoutMixin extends Mixin {
  private readonly everywhere: Everywhere;

  /**
   * @param props the ping interval
   */
  constructor(props: IdleTimeoutMixinProps = {}) {
    super();
    const pause = pingSeconds('IdleTimeoutMixin: \'pingInterval\'', props.pingInterval);
    this.everywhere = new Everywhere((resource) => repairIdle(resource, pause));
  }

  /**
   * Called by `Mixins.of(scope).apply(...)`.
   *
   * @param construct a construct
   */
  public applyTo(construct: IConstruct): void {
    this.everywhere.applyTo(construct);
  }
}

function repairIdle(resource: CfnResource, pause: number | undefined): void {
  const { cfnResourceType: type } = resource;
  if (type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer' && type !== 'AWS::ElasticLoadBalancingV2::Listener') return;
  const { Type = 'application', Protocol } = propertiesOf(resource) ?? {};
  if (type === 'AWS::ElasticLoadBalancingV2::LoadBalancer') {
    if (Type === 'application') raise(resource, 'LoadBalancerAttributes', 'idle_timeout.timeout_seconds', ALB_IDLE, pause);
  } else if (Protocol === 'TCP' || Protocol === 'TLS') {
    raise(resource, 'ListenerAttributes', 'tcp.idle_timeout.seconds', NLB_IDLE, pause);
  }
}

function raise(resource: CfnResource, list: string, key: string, range: IdleRange, given: number | undefined): void {
  const pause = given ?? longestDeclared(resource);
  const properties = propertiesOf(resource);
  const attributes = properties && attributesOf(properties, list);
  if (pause === undefined || !attributes) return;
  const idle = attributes.has(key) ? Number(attributes.get(key)) : range.least;
  if (idle <= pause && pause < range.most) setAttributes(resource, list, { [key]: String(idleSeconds(pause, range)) });
}

function longestDeclared(resource: CfnResource): number | undefined {
  const pauses = resource.node.root.node.findAll().filter(CfnResource.isCfnResource)
    .flatMap((one) => declared(one, 'server')).map(({ pingIntervalSeconds }) => Number(pingIntervalSeconds)).filter(Number.isFinite);
  return pauses.length > 0 ? Math.max(...pauses) : undefined;
}
