// Lets WebSocket handshakes through to the origin: behaviors that are for WebSocket, by declaration or by their path, get a
// managed origin request policy when they have none, or one that is known to drop the headers. Caching is left alone. Behaviors
// with the legacy ForwardedValues pass the headers on; policies of one's own are not judged here.
// Facts: web-socket-behaviors.ts.

import { CfnResource, Mixin } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Everywhere } from './everywhere';
import { declared, isAbsent, listOf, objectOf, Properties, propertiesOf } from '../../constructs/rendered';
import { matches } from '../../systems/pattern';
import { dropsHandshake, isSocketPath, socketPolicy } from '../web-socket-behaviors';

/**
 * Repairs distributions that drop the headers of a WebSocket handshake, also those that are added after it was applied.
 *
 * Behaviors are taken to be for WebSocket when `Protocols.of(distribution).route(...)` says so, or when the path is one by
 * custom: `/ws/*`, `/socket.io/*`, `/signalr/*`.
 *
 * @example
 * Mixins.of(app).apply(new WebSocketHeadersMixin());
 */
export class WebSocketHeadersMixin extends Mixin {
  private readonly everywhere = new Everywhere(repairHeaders);

  /**
   * Called by `Mixins.of(scope).apply(...)`.
   *
   * @param construct a construct
   */
  public applyTo(construct: IConstruct): void {
    this.everywhere.applyTo(construct);
  }
}

function repairHeaders(resource: CfnResource): void {
  if (resource.cfnResourceType !== 'AWS::CloudFront::Distribution') return;
  const config = objectOf(propertiesOf(resource)?.DistributionConfig);
  const routes = declared(resource, 'routes').filter(({ speaks }) => [speaks].flat().includes('websocket')).map(({ path }) => String(path));
  const behaviors = listOf(config.CacheBehaviors).map(objectOf);
  behaviors.forEach((behavior, index) => {
    if (isSocketPath(String(behavior.PathPattern), routes)) repairBehavior(resource, config, behavior, `CacheBehaviors.${index}`);
  });
  const elsewhere = routes.filter((route) => !behaviors.some(({ PathPattern }) => PathPattern === route || matches(String(PathPattern), route)));
  if (elsewhere.length > 0) repairBehavior(resource, config, objectOf(config.DefaultCacheBehavior), 'DefaultCacheBehavior');
}

function repairBehavior(resource: CfnResource, config: Properties, behavior: Properties, at: string): void {
  const { CachePolicyId, OriginRequestPolicyId } = behavior;
  if (isAbsent(CachePolicyId)) return;
  if (!isAbsent(OriginRequestPolicyId) && !(typeof OriginRequestPolicyId === 'string' && dropsHandshake(OriginRequestPolicyId))) return;
  resource.addPropertyOverride(`DistributionConfig.${at}.OriginRequestPolicyId`, socketPolicy(domainOf(config, behavior.TargetOriginId)));
}

/** Domain name of an origin, or of the first one of a group. */
function domainOf({ Origins, OriginGroups }: Properties, id: unknown): unknown {
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const group = listOf(objectOf(OriginGroups).Items).map(objectOf).find(({ Id }) => same(Id, id));
  const [first] = listOf(objectOf(group?.Members).Items).map(objectOf);
  const wanted = first ? first.OriginId : id;
  return listOf(Origins).map(objectOf).find(({ Id }) => same(Id, wanted))?.DomainName;
}
