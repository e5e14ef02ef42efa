// Elastic Beanstalk environments, as far as their OptionSettings say which load balancer is made: classic (WebSocket only
// through TCP and SSL listeners), application, network. Nothing is guessed where an option is not set: the default balancer
// differs between API and console, and a saved configuration may set more.
// Facts: Beanstalk guide "General options" (aws:elasticbeanstalk:environment LoadBalancerType, EnvironmentType;
// aws:elb:listener ListenerProtocol, HTTP by default; aws:elbv2:listener SSLPolicy). Classic and WebSocket: classic-elb/.

import { asText, declarations, get, items, pick, Resource } from '../template';
import { handshake } from './alb/front';
import { elbTlsPolicy } from './elb-tls';
import { Answer, cannotKnow, Entry, Errand, fail, Network, Request, Sample, SERVED, System, Target } from './hop';
import { exampleOf } from './pattern';
import { kindsOf } from './server';
import { Walk } from './walk';

interface Option { readonly namespace: string; readonly name: string; readonly value: string | undefined; readonly property: string }

interface Environment { readonly resource: Resource; readonly options: readonly Option[] }

const ELSEWHERE: Target = { path: '/handshake', headers: {}, query: {} };

export function beanstalkSystem(network: Network): System {
  const environments = network.templates.all('AWS::ElasticBeanstalk::Environment').map(read);
  return {
    entries: environments.filter(({ resource }) => declarations(resource).servers.length > 0).map(entry),
    errands: environments.map(unknownPolicy),
  };
}

function read(resource: Resource): Environment {
  const template = get(resource, 'TemplateName');
  const sources: [Resource, string][] = [[resource, 'Properties.OptionSettings'], ...(template.kind === 'reference' ? [[template.resource, 'Properties.OptionSettings'] as [Resource, string]] : [])];
  const options = sources.flatMap(([of, property]) => items(get(of, 'OptionSettings')).map(({ value }, index): Option => ({
    namespace: asText(pick(value, 'Namespace')) ?? '', name: asText(pick(value, 'OptionName')) ?? '', value: asText(pick(value, 'Value')), property: `${property}.${index}`,
  })));
  return { resource, options };
}

function option({ options }: Environment, namespace: RegExp, name: string): Option | undefined {
  return options.find((candidate) => namespace.test(candidate.namespace) && candidate.name === name);
}

const ENVIRONMENT = /^aws:elasticbeanstalk:environment$/;

function entry(environment: Environment): Entry {
  const { resource } = environment;
  const servers = declarations(resource).servers.map((server) => ({ ...server, declared: true, by: `declared in Metadata of ${resource.id}` }));
  const secure = environment.options.some(({ namespace, name, value }) => {
    if (!/^aws:elb(v2)?:listener(:\d+)?$/.test(namespace) || !/^(Listener)?Protocol$/.test(name)) return false;
    return /^(HTTPS|SSL|TLS)$/i.test(value ?? '');
  });
  const sample = (path: string, of: typeof servers): Sample => ({
    target: { ...ELSEWHERE, path: exampleOf(path) },
    says: path === ELSEWHERE.path ? undefined : path,
    kinds: kindsOf(of),
  });
  const general = servers.filter(({ path }) => path === undefined);
  return {
    resource,
    schemes: () => (secure ? ['https'] : ['http']),
    samples: [
      ...(general.length ? [sample(ELSEWHERE.path, general)] : []),
      ...servers.flatMap((server) => (server.path === undefined ? [] : [sample(server.path, [server])])),
    ],
    receive: (request, walk) => receive(request, environment, walk),
  };
}

function receive(request: Request, environment: Environment, walk: Walk): Answer {
  const { resource } = environment;
  walk.through(resource);
  if (option(environment, ENVIRONMENT, 'EnvironmentType')?.value === 'SingleInstance') return { outcome: 'served', note: 'there is no load balancer' };
  switch (option(environment, ENVIRONMENT, 'LoadBalancerType')?.value) {
    case 'classic': return classic(request, environment);
    case 'application': return application(request, environment, walk);
    case 'network': return { outcome: 'served', note: 'a network load balancer passes bytes on' };
    default: return request.kind === 'http' ? { outcome: 'served', note: 'which load balancer there is, is not said' } : cannotKnow(`which load balancer ${resource.id} has is not said`);
  }
}

function classic(request: Request, environment: Environment): Answer {
  if (request.kind !== 'websocket') return SERVED;
  const listeners = environment.options.filter(({ namespace, name }) => /^aws:elb:listener(:\d+)?$/.test(namespace) && name === 'ListenerProtocol');
  if (listeners.some(({ value }) => value === undefined || /^(TCP|SSL)$/i.test(value))) return SERVED;
  const [http] = listeners;
  return fail('400', {
    cause: 'HopWithoutWebSocket',
    resource: environment.resource,
    property: http?.property ?? 'Properties.OptionSettings',
    byDefault: http === undefined,
    why: `its Classic Load Balancer has ${http ? `${http.value} listeners` : 'an HTTP listener, the default'}, which do not pass the Upgrade header on`,
  });
}

function application(request: Request, environment: Environment, walk: Walk): Answer {
  if (request.scheme !== 'https') return SERVED;
  const policy = environment.options.findIndex(({ namespace, name }) => /^aws:elbv2:listener:/.test(namespace) && name === 'SSLPolicy');
  const found = environment.options[policy];
  if (!found) return SERVED;
  const failed = handshake(request.sender, { resource: environment.resource, sslPolicy: found.value === undefined ? { kind: 'unknown', because: 'it is not plainly written', key: '' } : { kind: 'known', value: found.value } }, walk);
  return failed?.fault ? { ...failed, fault: { ...failed.fault, property: found.property } } : (failed ?? SERVED);
}

/** A policy name that does not exist fails the environment. */
function unknownPolicy(environment: Environment): Errand {
  return {
    kind: 'deployment',
    resource: environment.resource,
    go: (walk) => {
      walk.through(environment.resource);
      for (const { namespace, name, value, property } of environment.options) {
        const found = /^aws:elbv2:listener:/.test(namespace) && name === 'SSLPolicy' && value !== undefined ? elbTlsPolicy(value) : undefined;
        if (found && 'missing' in found) {
          return fail('deployment-failure', {
            cause: 'UnknownTlsPolicy',
            resource: environment.resource,
            property,
            why: `there is no security policy named ${value}; did you mean ${found.missing}?`,
          });
        }
      }
      return SERVED;
    },
  };
}
