// Which resource a host name points to, by the DNS records of the templates: alias records and CNAMEs. Names are compared
// as expressions (keyOf), so `!Sub origin.${Domain}` in a record and in an origin are the same name. A name that records
// send to different resources (weights, failover, regions) points to none of them: which one answers is not known.
// Facts: Route 53 developer guide "Values for alias records" (dualstack. before an ELB name); AWS::Route53::RecordSet.

import { get, items, keyOf, pick, Resource, Templates, Value } from '../template';

/** The resource that a host name points to, through any number of records. */
export function aliasTargets(templates: Templates): (name: Value) => Resource | undefined {
  const records = new Map<string, Set<Resource | string>>();
  for (const record of allRecords(templates)) {
    const name = normal(keyOf(pick(record, 'Name')));
    const target = targetOf(record);
    if (name === '' || target === undefined) continue;
    const targets = records.get(name);
    if (targets) targets.add(target);
    else records.set(name, new Set([target]));
  }
  const found = new Map<string, Resource | undefined>();
  return (name) => {
    const key = normal(keyOf(name));
    if (!found.has(key)) found.set(key, follow(key, records));
    return found.get(key);
  };
}

function follow(name: string, records: ReadonlyMap<string, ReadonlySet<Resource | string>>): Resource | undefined {
  const seen = new Set<string>();
  let at = name;
  while (!seen.has(at)) {
    seen.add(at);
    const targets = records.get(at);
    if (targets?.size !== 1) return undefined;
    const [target] = targets;
    if (typeof target !== 'string') return target;
    at = target;
  }
  return undefined;
}

function allRecords(templates: Templates): Value[] {
  const single = templates.all('AWS::Route53::RecordSet').map(({ properties }) => properties);
  const grouped = templates.all('AWS::Route53::RecordSetGroup').flatMap((group) => items(get(group, 'RecordSets')).map(({ value }) => value));
  return [...single, ...grouped];
}

/** The resource or the next name; undefined for records that lead to an address. */
function targetOf(record: Value): Resource | string | undefined {
  const alias = pick(pick(record, 'AliasTarget'), 'DNSName');
  const first = items(pick(record, 'ResourceRecords'))[0]?.value;
  const type = keyOf(pick(record, 'Type'));
  const value = alias.kind !== 'absent' ? alias : type === 'CNAME' ? first : undefined;
  if (value === undefined || value.kind === 'absent') return undefined;
  return resourceIn(value) ?? normal(keyOf(value));
}

/** An attribute that is a DNS name, alone or behind `dualstack.`. */
function resourceIn(value: Value): Resource | undefined {
  if (value.kind === 'reference') return value.resource;
  if (value.kind !== 'text') return undefined;
  const parts = value.parts.filter((part) => part !== '.');
  const [prefix, name] = parts.length === 2 ? parts : ['', parts[0]];
  const whole = typeof prefix === 'string' && (prefix === '' || prefix.toLowerCase() === 'dualstack.');
  return whole && parts.length <= 2 && typeof name !== 'string' && name.kind === 'reference' ? name.resource : undefined;
}

function normal(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
