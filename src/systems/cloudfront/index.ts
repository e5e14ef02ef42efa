// CloudFront: what it is recognised by, the paths that its behaviors open, and what happens to a request on the way.
// Facts: CloudFront developer guide; each file names its own.

import { asFlag, asText, declarations, pick } from '../../template';
import { Answer, cannotKnow, Entry, fail, Intent, Network, Request, Sample, System, Target } from '../hop';
import { exampleOf, matches } from '../pattern';
import { kindsOf } from '../server';
import { Walk } from '../walk';
import { distributionErrands, errorPageErrand, functionErrands, subprotocolErrand } from './deployment';
import { Destination, Origins } from './destination';
import { send } from './origin';
import { Behavior, Distribution, Origin, originOf, readDistributions } from './settings';
import { SOCKET_PATH } from './socket-path';
import { cleartext, connectViewer, MINIMUM, policyTls } from './viewer';
import { vpcOriginErrands } from './vpc-origin';

const ELSEWHERE: Target = { path: '/handshake', headers: {}, query: {} };

export function cloudFrontSystem(network: Network): System {
  const distributions = readDistributions(network.templates);
  const origins = new Origins(network);
  const sockets = distributions.length ? declaredSocketPaths(network) : [];
  const views = distributions.map((distribution) => new View(distribution, origins, sockets));
  return {
    entries: views.map((view) => view.entry()),
    doors: views.map((view) => ({
      resource: view.distribution.resource,
      samples: () => view.samples,
      listening: (port) =>
        port === 443 || port === 80
          ? { is: port === 443 ? 'https' : 'http', setting: { resource: view.distribution.resource, property: MINIMUM } }
          : { is: 'closed' },
      certificateNames: () => undefined,
      receive: (request, walk) => view.receive(request, walk),
    })),
    errands: [
      ...distributionErrands(distributions),
      ...views
        .filter((view) => view.distribution.errorResponses.kind !== 'absent')
        .map((view) => ({
          ...errorPageErrand(view.distribution),
          go: (walk: Walk) =>
            view.samples.some((sample) => sample.kinds.some(({ kind }) => kind === 'websocket'))
              ? errorPageErrand(view.distribution).go(walk)
              : { outcome: 'served' as const },
        })),
      ...views.map((view) => subprotocolErrand(view.distribution, () => view.socketBehaviors())),
      ...vpcOriginErrands(network.templates),
      ...functionErrands(network.templates.all('AWS::CloudFront::Function')),
    ],
  };
}

/** WebSocket paths that servers of these templates are declared to have. */
function declaredSocketPaths(network: Network): string[] {
  const types = ['AWS::ElasticLoadBalancingV2::TargetGroup', 'AWS::ECS::Service', 'AWS::ECS::TaskDefinition'];
  const servers = types.flatMap((type) => network.templates.all(type)).flatMap((resource) => declarations(resource).servers);
  return servers.filter((server) => server.path !== undefined && server.speaks.includes('websocket')).map((server) => server.path!);
}

/** One distribution with its origins resolved. */
class View {
  private made?: readonly Sample[];

  constructor(
    public readonly distribution: Distribution,
    private readonly origins: Origins,
    private readonly socketPaths: readonly string[],
  ) {}

  public entry(): Entry {
    const { distribution } = this;
    const custom = distribution.certificate.present.kind !== 'absent' && asFlag(distribution.certificate.byDefault) !== true;
    const view = this;
    return {
      resource: distribution.resource,
      schemes: () => ['https', 'http'],
      get samples() {
        return view.samples;
      },
      tlsSetting:
        custom && (asText(distribution.certificate.minimum) === undefined || policyTls(asText(distribution.certificate.minimum)!))
          ? { resource: distribution.resource, property: MINIMUM, value: distribution.certificate.minimum }
          : undefined,
      receive: (request, walk) => this.receive(request, walk),
    };
  }

  /** One request per behavior, per declared route, and per path that the system behind is there for. */
  public get samples(): readonly Sample[] {
    if (this.made) return this.made;
    this.made = []; // what a distribution that is its own origin, over others or at once, sees of itself meanwhile
    return (this.made = this.makeSamples());
  }

  /** The behaviors that WebSocket clients come to. */
  public socketBehaviors(): Behavior[] {
    const { behaviors } = this.distribution;
    const taker = (path: string) => behaviors.find(({ pattern }) => pattern === undefined || matches(pattern, path));
    const sockets = this.samples.filter(({ kinds }) => kinds.some(({ kind }) => kind === 'websocket'));
    const takers = new Set(sockets.map(({ target }) => taker(target.path)));
    return behaviors.filter((behavior) => takers.has(behavior));
  }

  public receive(request: Request, walk: Walk): Answer {
    const { distribution } = this;
    walk.through(distribution.resource);
    const connected = connectViewer(request, distribution, walk);
    if (typeof connected !== 'string') return connected;
    const arrived: Request = { ...request, version: connected };
    walk.leg(distribution.resource, arrived);
    const behavior = this.behaviorFor(arrived.target.path, walk);
    const refused = cleartext(arrived, behavior, distribution, walk) ?? grpcOff(arrived, behavior, distribution, walk);
    if (refused) return refused;
    const origin = originOf(distribution, behavior);
    if (!origin) return cannotKnow(`the origin of ${nameOf(behavior) ?? 'the default behavior'} is unknown`);
    return (
      this.misled(arrived, behavior, origin) ?? send(arrived, { distribution, behavior, origin }, this.origins.destination(origin), walk)
    );
  }

  private behaviorFor(path: string, walk: Walk): Behavior {
    const { behaviors } = this.distribution;
    const fits = ({ pattern, hidden }: Behavior) => pattern !== undefined
      && (matches(pattern, path) || (hidden !== undefined && (walk.choose([{ value: false }, { value: true }], hidden) ?? false)));
    return behaviors.find((behavior) => fits(behavior) && walk.exists(behavior)) ?? behaviors[behaviors.length - 1];
  }

  /** A route that is declared for one origin and led to another. */
  private misled(request: Request, behavior: Behavior, origin: Origin): Answer | undefined {
    const route = this.distribution.declared.routes.find(
      (declared) => declared.origin !== undefined && matches(declared.path, request.target.path),
    );
    if (!route || route.origin === origin.id) return undefined;
    return fail('403', {
      cause: 'PathNotRouted',
      resource: this.distribution.resource,
      property: `${behavior.property}.TargetOriginId`,
      certainty: 'possible',
      why: `${route.path} is declared for origin ${route.origin}, and the behavior for ${behavior.pattern ?? 'all other paths'} leads to ${origin.id}`,
    });
  }

  private makeSamples(): Sample[] {
    const { distribution, origins } = this;
    const samples: Sample[] = [];
    for (const behavior of distribution.behaviors) {
      const origin = originOf(distribution, behavior);
      const destination = origin && origins.destination(origin);
      const path = behavior.pattern === undefined ? ELSEWHERE.path : exampleOf(behavior.pattern);
      samples.push({ target: { ...ELSEWHERE, path }, says: nameOf(behavior), kinds: this.kindsAt(behavior, origin, destination, path) });
      if (destination?.is !== 'door' && destination?.is !== 'api') continue;
      for (const inner of destination.door?.samples() ?? []) {
        const { path: asked } = inner.target;
        const taken = distribution.behaviors.find((candidate) => candidate.pattern === undefined || matches(candidate.pattern, asked));
        if (taken !== behavior || asked === path || samples.some((sample) => sample.target.path === asked)) continue;
        samples.push({ target: { ...ELSEWHERE, path: asked }, says: inner.says, kinds: inner.kinds });
      }
    }
    for (const route of distribution.declared.routes) {
      samples.push({
        target: { ...ELSEWHERE, path: exampleOf(route.path) },
        says: route.path,
        kinds: kindsOf([{ speaks: route.speaks, only: false, transports: [], declared: true, by: '' }]),
      });
    }
    return samples;
  }

  private kindsAt(behavior: Behavior, origin: Origin | undefined, destination: Destination | undefined, path: string): readonly Intent[] {
    const route = this.distribution.declared.routes.find((declared) => matches(declared.path, path));
    if (route) return kindsOf([{ speaks: route.speaks, only: false, transports: [], declared: true, by: '' }]);
    if (asFlag(behavior.grpc) === true) return [{ kind: 'grpc', by: 'inferred' }];
    const declared = this.distribution.declared.servers.filter(
      (server) =>
        (server.origin === undefined || server.origin === origin?.id) && (server.path === undefined || matches(server.path, path)),
    );
    if (declared.length) return kindsOf(declared.map((server) => ({ ...server, declared: true, by: '' })));
    if (
      this.socketPaths.some(
        (socket) => behavior.pattern !== undefined && (matches(behavior.pattern, exampleOf(socket)) || matches(socket, path)),
      )
    ) {return [{ kind: 'websocket', by: 'declared' }];}
    if (destination?.is === 's3') return [{ kind: 'http', by: 'inferred' }];
    if (destination?.is === 'door' || destination?.is === 'api') {
      const inner = destination.door?.samples() ?? [];
      // A rule that goes by a header, such as the content type of gRPC, does not say what else comes to its path.
      const here = inner.filter((sample) => sample.target.path === path);
      const plain = here.find(({ target }) => Object.keys(target.headers).length === 0);
      const fitting = plain ?? here[0] ?? inner.find((sample) => sample.says === undefined);
      if (fitting && fitting.kinds.some(({ kind }) => kind !== 'http')) return fitting.kinds;
      if (destination.door && inner.length && inner.every((sample) => sample.kinds.every(({ kind }) => kind === 'websocket'))) {return [{ kind: 'websocket', by: 'inferred' }];}
    }
    if (behavior.pattern !== undefined && SOCKET_PATH.test(behavior.pattern)) return [{ kind: 'websocket', by: 'guessed' }];
    return [{ kind: 'http', by: 'assumed' }];
  }
}

/** The pattern, as far as it can be shown. */
function nameOf({ pattern, hidden, property }: Behavior): string | undefined {
  return hidden === undefined ? pattern : `the path of ${property}`;
}

/** A behavior without GrpcConfig treats a gRPC call as an ordinary HTTP/1.1 request to the origin. */
function grpcOff(request: Request, behavior: Behavior, distribution: Distribution, walk: Walk): Answer | undefined {
  if (request.kind !== 'grpc') return undefined;
  const enabled = walk.settle(behavior.grpc);
  if (enabled.kind === 'unknown') return cannotKnow('whether gRPC is enabled is unknown');
  if (asFlag(enabled) === true) {
    const [property, feature] = unfitForGrpc(behavior, distribution, walk) ?? [];
    if (property === undefined) return undefined;
    const why = `gRPC does not go together with ${feature}`;
    return fail('502', { cause: 'GrpcNeedsPlainOrigin', resource: distribution.resource, property, certainty: 'possible', why });
  }
  return fail('502', {
    cause: 'GrpcNotEnabled',
    resource: distribution.resource,
    property: `${behavior.property}.GrpcConfig`,
    certainty: 'possible',
    why: `gRPC is not enabled for ${behavior.pattern ?? 'all other paths'}, and CloudFront sends the call to the origin as HTTP/1.1`,
  });
}

/** A feature of the behavior or its origin that gRPC does not go through: where it is set, and its name. */
function unfitForGrpc(behavior: Behavior, distribution: Distribution, walk: Walk): readonly [string, string] | undefined {
  if (walk.list(behavior.lambdas).length > 0) return [`${behavior.property}.LambdaFunctionAssociations`, 'Lambda@Edge'];
  if (distribution.groups.has(behavior.originId)) return [`${behavior.property}.TargetOriginId`, 'an origin group'];
  const origin = originOf(distribution, behavior);
  if (!origin) return undefined;
  if (asFlag(walk.settle(origin.shield)) === true) return [`${origin.property}.OriginShield`, 'Origin Shield'];
  const mutual = walk.settle(pick(origin.custom, 'OriginMtlsConfig')).kind !== 'absent';
  return mutual ? [`${origin.property}.CustomOriginConfig.OriginMtlsConfig`, 'origin mTLS'] : undefined;
}
