// Small templates for tests: an ALB with what a row changes. Written for these tests; shapes follow real templates.

import { TemplateInput } from '../src/template';

export type Properties = Readonly<Record<string, unknown>>;
export type Resources = Readonly<
  Record<string, { Type: string; Properties?: Properties; Metadata?: unknown; Condition?: string; DependsOn?: unknown }>
>;

export interface AlbParts {
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly balancer?: Properties;
  readonly listener?: Properties;
  readonly group?: Properties;
  /** Declared server(s) on the target group. */
  readonly server?: unknown;
  /** Declared routes on the listener. */
  readonly routes?: unknown;
  readonly more?: Resources;
  /** Further sections of the template. */
  readonly sections?: Readonly<Record<string, unknown>>;
}

/** Alb -> Listener (HTTPS, TLS 1.2 and 1.3) -> Group. */
export function albTemplate(parts: AlbParts = {}): TemplateInput {
  const attributes = Object.entries(parts.attributes ?? {}).map(([Key, Value]) => ({ Key, Value }));
  const metadata = (declared: unknown, key: string) =>
    declared === undefined ? {} : { Metadata: { 'cdk-handshake': { [key]: declared } } };
  return template(
    {
      Alb: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: {
          Type: 'application',
          Scheme: 'internal',
          ...(attributes.length ? { LoadBalancerAttributes: attributes } : {}),
          ...parts.balancer,
        },
      },
      Listener: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          LoadBalancerArn: { Ref: 'Alb' },
          Port: 443,
          Protocol: 'HTTPS',
          SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
          DefaultActions: [forwardTo('Group')],
          ...parts.listener,
        },
        ...metadata(parts.routes, 'routes'),
      },
      Group: {
        Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
        Properties: { TargetType: 'ip', Port: 8080, Protocol: 'HTTP', ...parts.group },
        ...metadata(parts.server, 'server'),
      },
      ...parts.more,
    },
    parts.sections,
  );
}

export function template(resources: Resources, sections: Readonly<Record<string, unknown>> = {}): TemplateInput {
  return { file: 'app.template.json', stack: 'App', body: { ...sections, Resources: resources } };
}

export function forwardTo(group: string): Properties {
  return { Type: 'forward', TargetGroupArn: { Ref: group } };
}

export function rule(priority: number, conditions: readonly Properties[], action: Properties, more: Properties = {}): Resources[string] {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    Properties: { ListenerArn: { Ref: 'Listener' }, Priority: priority, Conditions: conditions, Actions: [action], ...more },
  };
}

export const path = (...values: string[]): Properties => ({ Field: 'path-pattern', PathPatternConfig: { Values: values } });
export const host = (...values: string[]): Properties => ({ Field: 'host-header', HostHeaderConfig: { Values: values } });
export const header = (name: string, ...values: string[]): Properties => ({
  Field: 'http-header',
  HttpHeaderConfig: { HttpHeaderName: name, Values: values },
});
export const group = (properties: Properties = {}, server?: unknown): Resources[string] => ({
  Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  Properties: { TargetType: 'ip', Port: 8080, Protocol: 'HTTP', ...properties },
  ...(server === undefined ? {} : { Metadata: { 'cdk-handshake': { server } } }),
});
