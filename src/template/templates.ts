// All templates of one analysis together: resources by type, exports and imports, nested stacks, the two ways in which
// CDK passes values between stacks without an export. An import that leaves the set ends as unknown, by name.
// Facts: CloudFormation user guide, "Fn::ImportValue", "Fn::GetStackOutput"; aws-cdk-lib core/lib/private/refs.ts.

import { Guard } from './guard';
import { TemplateInput } from './input';
import { Resolver } from './resolve';
import { isRecord, makeScope, own, record, Resource, Scope } from './scope';
import { keyOf, unknown, Value } from './value';

/** A class, not an object with accessors: there are thousands of them, and few are asked for their properties. */
class TemplateResource implements Resource {
  public readonly type: string;
  public readonly when?: Guard;
  public readonly never?: string;
  private read?: Value;

  constructor(
    public readonly id: string,
    public readonly key: string,
    public readonly scope: Scope,
    public readonly raw: Readonly<Record<string, unknown>>,
    private readonly resolver: Resolver,
  ) {
    this.type = typeof raw.Type === 'string' ? raw.Type : '';
    if (raw.Condition === undefined) return;
    const { when, never } = resolver.existence(raw.Condition, scope);
    this.when = when;
    this.never = never;
  }

  public get constructPath(): string | undefined {
    const path = own(record(this.raw.Metadata), 'aws:cdk:path');
    return typeof path === 'string' ? path : undefined;
  }

  public get properties(): Value {
    return (this.read ??= this.resolver.read(this.raw.Properties ?? {}, this.scope));
  }
}

export class Templates {
  public readonly scopes: Scope[] = [];
  private readonly resolver: Resolver;
  private readonly types = new Map<string, [Scope, string][]>();
  private readonly made = new Map<string, Resource>();
  private readonly declaring: [Scope, string][] = [];
  private count = 0;
  private exports?: Map<string, { scope: Scope; output: string }>;
  private writers?: Map<string, Value>;

  constructor(inputs: readonly TemplateInput[]) {
    this.resolver = new Resolver({
      resource: (scope, id) => this.resource(scope, id),
      resourceAt: (path, id) => this.resourceAt(path, id),
      exported: (name, from) => this.exported(name, from),
      stackOutput: (raw, from) => this.stackOutput(raw, from),
      crossRegion: (reader, attribute) => this.crossRegion(reader, attribute),
    });
    for (const input of inputs) this.add(input);
  }

  /** How many resources there are in all. */
  public get size(): number {
    return this.count;
  }

  /** All resources of a type that may exist, in template order. */
  public all(type: string): Resource[] {
    return (this.types.get(type) ?? []).map(([scope, id]) => this.resource(scope, id)!).filter((resource) => !resource.never);
  }

  /** All resources with a declaration in their Metadata. */
  public declared(): Resource[] {
    return this.declaring.map(([scope, id]) => this.resource(scope, id)!);
  }

  /** The types that occur and start so. */
  public typesWith(prefix: string): string[] {
    return [...this.types.keys()].filter((type) => type.startsWith(prefix));
  }

  /** A resource by its logical id. */
  public resource(scope: Scope, id: string): Resource | undefined {
    const key = `${scope.index}:${id}`;
    const before = this.made.get(key);
    if (before) return before;
    const raw = own(scope.resources, id);
    if (!isRecord(raw)) return undefined;
    const resource: Resource = new TemplateResource(id, key, scope, raw, this.resolver);
    this.made.set(key, resource);
    return resource;
  }

  private add(input: TemplateInput, parent?: Scope['parent']): Scope {
    const scope = makeScope(input, this.scopes.length, parent);
    this.scopes.push(scope);
    for (const id of Object.keys(scope.resources)) {
      const raw = scope.resources[id];
      this.count++;
      if (!isRecord(raw)) continue;
      if (raw.Metadata !== undefined && own(record(raw.Metadata), 'cdk-handshake') !== undefined) this.declaring.push([scope, id]);
      const type = raw.Type;
      if (typeof type !== 'string') continue;
      const list = this.types.get(type);
      if (list) list.push([scope, id]);
      else this.types.set(type, [[scope, id]]);
    }
    for (const [id, nested] of Object.entries(input.nested ?? {})) {
      const parameters = record(own(record(own(record(own(scope.resources, id)), 'Properties')), 'Parameters'));
      scope.nested.set(id, this.add(nested, { scope, id, parameters }));
    }
    return scope;
  }

  private resourceAt(path: string, id: string): Resource | undefined {
    const scope = this.scopes.find((candidate) => candidate.input.stackPath === path);
    return scope && this.resource(scope, id);
  }

  private exported(name: Value, from: Scope): Value {
    if (!this.exports) {
      this.exports = new Map();
      for (const scope of this.scopes) {
        for (const [id, output] of Object.entries(scope.outputs)) {
          const exported = isRecord(output) ? own(record(output.Export), 'Name') : undefined;
          if (exported === undefined) continue;
          const value = this.resolver.read(exported, scope);
          if (value.kind === 'known') this.exports.set(`${scope.input.region ?? ''} ${keyOf(value)}`, { scope, output: id });
        }
      }
    }
    if (name.kind === 'known') {
      const found = this.exports.get(`${from.input.region ?? ''} ${keyOf(name)}`) ?? this.exports.get(` ${keyOf(name)}`);
      if (found) return this.resolver.output(found.scope, found.output);
    }
    return unknown(`it is imported by the name "${keyOf(name)}", which none of these templates exports`, `import ${keyOf(name)}`);
  }

  /** Fn::GetStackOutput: { StackName, OutputName, Region?, RoleArn? }, what CDK writes for weak references. */
  private stackOutput(raw: unknown, from: Scope): Value {
    const argument = record(raw);
    const stack = this.resolver.read(argument.StackName, from);
    const output = this.resolver.read(argument.OutputName, from);
    const name = `output "${keyOf(output)}" of stack "${keyOf(stack)}"`;
    const scope =
      stack.kind === 'known'
        ? this.scopes.find((candidate) => !candidate.parent && candidate.input.stack === String(stack.value))
        : undefined;
    if (!scope || output.kind !== 'known') return unknown(`it is ${name}, which is not among these templates`, name);
    return this.resolver.output(scope, String(output.value));
  }

  /** CDK's cross-region references: a writer in one stack, a reader in the other, joined by an SSM parameter name. */
  private crossRegion(_reader: Resource, attribute: string): Value | undefined {
    if (!this.writers) {
      this.writers = new Map();
      for (const writer of this.all('Custom::CrossRegionExportWriter')) {
        const properties = record(writer.raw.Properties);
        const exports = record(own(record(properties.WriterProps), 'exports'));
        for (const [name, value] of Object.entries(exports)) this.writers.set(name, this.resolver.read(value, writer.scope));
      }
    }
    return this.writers.get(attribute);
  }
}
