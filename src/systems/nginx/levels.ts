// Directives through the levels of a configuration, http to location: the innermost level that has it counts. proxy_set_header is
// inherited only where a level has none at all. An include that was not given may hold anything, so what it may set is not known.
// Facts: ngx_http_proxy_module manual, proxy_set_header; ngx_http_core_module manual.

import { at, Directive } from './syntax';

/** One block, to be looked things up in. */
export class Level {
  public readonly opaque?: Directive;
  private readonly byName = new Map<string, Directive[]>();

  constructor(public readonly directives: readonly Directive[]) {
    for (const directive of directives) {
      const before = this.byName.get(directive.name);
      if (before) before.push(directive);
      else this.byName.set(directive.name, [directive]);
    }
    this.opaque = this.all('include').find(isOpaque);
  }

  public all(name: string): readonly Directive[] {
    return this.byName.get(name) ?? [];
  }
}

/** Outermost first: http, server, location. */
export type Levels = readonly Level[];

export type Found<Value> =
  | { readonly is: 'set'; readonly value: Value; readonly at: string; readonly directive: Directive }
  | { readonly is: 'not set' }
  | { readonly is: 'unknown'; readonly at: string };

/** Files that nginx is shipped with, and that hold nothing of interest here. */
const HARMLESS = /(^|\/)(mime\.types|fastcgi_params|fastcgi\.conf|uwsgi_params|scgi_params|koi-utf|koi-win|win-utf)$/;

export function isOpaque({ name, words }: Directive): boolean {
  return name === 'include' && !HARMLESS.test(words[0] ?? '');
}

export function find(levels: Levels, name: string): Found<readonly string[]> {
  for (const level of [...levels].reverse()) {
    const [directive] = level.all(name);
    if (directive) return { is: 'set', value: directive.words, at: at(directive), directive };
    if (level.opaque) return { is: 'unknown', at: at(level.opaque) };
  }
  return { is: 'not set' };
}

/** The value of a request header that nginx sets; `setter` is proxy_set_header or grpc_set_header. */
export function findHeader(levels: Levels, setter: string, header: string): Found<string> {
  for (const level of [...levels].reverse()) {
    const setters = level.all(setter);
    const directive = setters.find(({ words }) => words[0]?.toLowerCase() === header.toLowerCase());
    if (directive) return { is: 'set', value: directive.words[1] ?? '', at: at(directive), directive };
    if (level.opaque) return { is: 'unknown', at: at(level.opaque) };
    if (setters.length > 0) return { is: 'not set' };
  }
  return { is: 'not set' };
}
