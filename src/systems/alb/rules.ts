// Which rule of a listener takes a request: by priority, the first whose conditions all fit. Also the request that a rule
// is there for, made from its own conditions. Values that are not known are compared as expressions.
// Facts: ALB guide "Condition types for listener rules"; host-header compares without case, path-pattern with case.

import { Request, Target } from '../hop';
import { exampleOf, matches } from '../pattern';
import { Rule, RuleCondition } from './settings';

/** A path that no rule names. */
export const ELSEWHERE: Target = { path: '/handshake', headers: {}, query: {} };

/** Whether all conditions of the rule fit the request. */
export function takes(rule: Rule, request: Request): boolean {
  return rule.conditions.every((condition) => fits(condition, request));
}

function fits({ field, values, regex, name }: RuleCondition, request: Request): boolean {
  const { target } = request;
  switch (field) {
    case 'path-pattern':
      return anyFits(values, target.path, regex);
    case 'host-header':
      return values.includes('*') || anyFits(values, target.host?.toLowerCase(), regex);
    case 'http-header':
      return anyFits(values, headers(request)[name ?? '']?.toLowerCase(), regex);
    case 'http-request-method':
      return values.includes(method(request));
    case 'query-string':
      return values.some((pair) =>
        pair.startsWith('*=') ? Object.values(target.query).some((value) => matches(pair.slice(2), value)) : queryHas(target, pair),
      );
    case 'source-ip':
      return values.some((range) => range === '0.0.0.0/0' || range === target.sourceIp);
    default:
      return false;
  }
}

/** Regular expressions are compared as text: running those of a template could take for ever. */
function anyFits(values: readonly string[], text: string | undefined, regex: boolean | undefined): boolean {
  if (text === undefined) return false;
  for (const value of values) if (regex ? value === text : matches(value, text)) return true;
  return false;
}

function queryHas(target: Target, pair: string): boolean {
  const [key, ...value] = pair.split('=');
  const given = Object.prototype.hasOwnProperty.call(target.query, key) ? target.query[key] : undefined;
  return given !== undefined && matches(value.join('='), given);
}

/** The method a request of this kind has: gRPC is POST (gRPC over HTTP/2), a WebSocket handshake GET (RFC 6455). */
export function method(request: Request): string {
  return request.kind === 'grpc' ? 'POST' : request.kind === 'websocket' ? 'GET' : (request.target.method ?? 'GET');
}

/** Headers that routing can see. */
function headers(request: Request): Readonly<Record<string, string>> {
  if (request.kind === 'grpc') return { ...request.target.headers, 'content-type': 'application/grpc' };
  if (request.kind === 'websocket') {return { ...request.target.headers, 'upgrade': 'websocket', 'connection': 'Upgrade', 'sec-websocket-version': '13' };}
  return request.target.headers;
}

/** A request that a rule is there for, and how the rule writes it. */
export interface Meant {
  readonly target: Target;
  readonly says: string;
}

const MEANT = new WeakMap<Rule, readonly Meant[]>();

/** The requests that a rule is there for, one per path that it names; worked out once. */
export function targetsFor(rule: Rule): readonly Meant[] {
  let meant = MEANT.get(rule);
  if (!meant) MEANT.set(rule, (meant = makeTargets(rule)));
  return meant;
}

function makeTargets(rule: Rule): Meant[] {
  const by = (field: string) => rule.conditions.find((condition) => condition.field === field)?.values;
  const example = (condition: RuleCondition | undefined, value: string) => (condition?.regex ? value : exampleOf(value));
  const headerValues: Record<string, string> = {};
  const query: Record<string, string> = {};
  for (const condition of rule.conditions) {
    if (condition.field === 'http-header' && condition.name && condition.values[0] !== undefined) {headerValues[condition.name] = example(condition, condition.values[0]);}
    if (condition.field === 'query-string' && condition.values[0] !== undefined) {
      const [key, ...value] = condition.values[0].split('=');
      query[key === '*' ? 'any' : key] = exampleOf(value.join('='));
    }
  }
  const host = by('host-header')?.[0];
  const pathCondition = rule.conditions.find((condition) => condition.field === 'path-pattern');
  const paths = pathCondition?.values.length ? pathCondition.values : [undefined];
  return paths.map((path) => ({
    target: {
      host: host === undefined ? undefined : exampleOf(host),
      path: path === undefined ? ELSEWHERE.path : example(pathCondition, path),
      method: by('http-request-method')?.[0],
      headers: headerValues,
      query,
      sourceIp: by('source-ip')?.[0],
    },
    says: [host, path, ...Object.entries(headerValues).map(([name, value]) => `${name}: ${value}`), by('http-request-method')?.join(' or ')]
      .filter(Boolean)
      .join(' '),
  }));
}
