// The URL of an integration, taken apart while parts of it are still expressions: scheme, host, port, path.
// Facts: AWS::ApiGatewayV2::Integration IntegrationUri, AWS::ApiGateway::Method Integration.Uri.

import { keyOf, Settled, TextPart, Value } from '../../template';
import { concatenate } from '../../template/resolve';

export interface Url {
  readonly scheme: 'http' | 'https';
  readonly host: Value;
  readonly port: number;
  /** Begins with a slash; may hold {variables}. */
  readonly path: string;
}

/** The parts of a URL; undefined when the value does not begin with a scheme. */
export function urlOf(value: Settled): Url | undefined {
  const parts: readonly TextPart[] = value.kind === 'known' ? [String(value.value)] : value.kind === 'text' ? value.parts : [];
  const [first, ...rest] = parts;
  const scheme = typeof first === 'string' ? /^(https?):\/\//i.exec(first) : null;
  if (!scheme || typeof first !== 'string') return undefined;
  const host: TextPart[] = [];
  let path = '';
  for (const part of [first.slice(scheme[0].length), ...rest]) {
    if (path !== '') {path += typeof part === 'string' ? part : keyOf(part);} else if (typeof part !== 'string') {host.push(part);} else {
      const end = part.search(/[/?#]/);
      host.push(end < 0 ? part : part.slice(0, end));
      if (end >= 0) path = part[end] === '/' ? part.slice(end) : `/${part.slice(end)}`;
    }
  }
  const name = scheme[1].toLowerCase() as Url['scheme'];
  const port = portOf(host);
  return { scheme: name, host: concatenate(port.host.map(asValue)), port: port.number ?? (name === 'https' ? 443 : 80), path: path === '' ? '/' : path.split(/[?#]/)[0] };
}

function asValue(part: TextPart): Value {
  return typeof part === 'string' ? { kind: 'known', value: part } : part;
}

function portOf(host: readonly TextPart[]): { host: TextPart[]; number?: number } {
  const last = host[host.length - 1];
  const found = typeof last === 'string' ? /^(.*):(\d+)$/.exec(last) : null;
  return found ? { host: [...host.slice(0, -1), found[1]], number: Number(found[2]) } : { host: [...host] };
}
