// Writes declarations (docs/declarations.md) as Metadata `cdk-handshake` of the CloudFormation resource behind a construct,
// which is where the reader looks, whoever wrote them. One declaration stays an object, several become a list; what a
// template or an earlier call has put there is kept.

import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Hop } from './hop';
import { Protocol } from './protocol';
import { Server } from './server';

const KEY = 'cdk-handshake';

/**
 * A route that a distribution, listener, rule or API serves with a certain protocol.
 */
export interface ProtocolRoute {
  /** The path, with `*` for any rest: `/ws/*`. */
  readonly path: string;

  /** What callers speak there. */
  readonly speaks: Protocol[];

  /**
   * On a distribution: the id of the origin that the path should lead to.
   *
   * @default - whichever origin the distribution chooses
   */
  readonly origin?: string;
}

/**
 * A call that a task or service makes.
 */
export interface ProtocolCall {
  /** Host and port that it calls, as its configuration names them: `catalogue:8080`. */
  readonly to: string;

  /** What it speaks there. */
  readonly speaks: Protocol[];

  /**
   * Name of the container that calls, in a task with several.
   *
   * @default - any container of the task
   */
  readonly container?: string;
}

/**
 * Declares what a template cannot show: what a server speaks, what a route is for, what a service calls.
 *
 * It changes nothing in what is deployed; the checks read it from the metadata of the resource.
 */
export class Protocols {
  /**
   * The declarations of a construct.
   *
   * @param construct a target group, service, task definition, function, distribution, listener, rule or API
   */
  public static of(construct: IConstruct): Protocols {
    const resource = CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild;
    if (resource && CfnResource.isCfnResource(resource)) return new Protocols(resource);
    throw new Error(
      `Protocols.of: '${construct.node.path}' has no CloudFormation resource of its own to carry the declaration. ` +
      'Give the construct that creates one, such as the target group, service, task definition, function or distribution inside it; ' +
      'if it is imported from another app, declare it in the app that creates it.');
  }

  private readonly resource: CfnResource;

  private constructor(resource: CfnResource) {
    this.resource = resource;
  }

  /**
   * Declares what the server behind this resource speaks. Call it again for another port, path or origin.
   *
   * @param server for instance `Server.webSocket({ port: 8080 })`
   */
  public server(server: Server): Protocols {
    return this.append('server', server._toMetadata());
  }

  /**
   * Declares what callers speak on a path.
   *
   * @param route the path and the protocols
   */
  public route(route: ProtocolRoute): Protocols {
    const { path, speaks, origin } = route;
    return this.append('routes', origin === undefined ? { path, speaks } : { path, speaks, origin });
  }

  /**
   * Declares what this task or service calls, and with which protocol.
   *
   * @param call the host and the protocols
   */
  public calls(call: ProtocolCall): Protocols {
    const { to, speaks, container } = call;
    return this.append('calls', container === undefined ? { to, with: speaks } : { to, with: speaks, container });
  }

  /**
   * Declares what stands in front of this entry point and is not in the templates. Call it again for a hop that is nearer to it.
   *
   * @param hop for instance `Hop.corporateProxy()`
   */
  public behind(hop: Hop): Protocols {
    return this.append('behind', hop._toMetadata());
  }

  private append(kind: 'server' | 'routes' | 'calls' | 'behind', declaration: Record<string, unknown>): Protocols {
    const declared = this.resource.getMetadata(KEY) ?? {};
    const before: unknown[] = declared[kind] === undefined ? [] : [declared[kind]].flat();
    const known = before.some((other) => JSON.stringify(other) === JSON.stringify(declaration));
    const all = known ? before : [...before, declaration];
    this.resource.addMetadata(KEY, { ...declared, [kind]: all.length === 1 ? all[0] : all });
    return this;
  }
}
