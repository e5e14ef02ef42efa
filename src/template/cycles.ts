// Resources that refer to each other in a circle, which CloudFormation refuses ("Circular dependency between resources").
// References under Fn::If are left out: they may not be there. Linear in the size of the template, without recursion.

import { isRecord, own, Scope } from './scope';

/** The logical ids of one circle, each referring to the next; undefined when there is none. */
export function findCycle(scope: Scope): string[] | undefined {
  const done = new Set<string>();
  for (const start of Object.keys(scope.resources)) {
    if (done.has(start)) continue;
    const path: string[] = [];
    const onPath = new Set<string>();
    const stack: { id: string; next: string[] }[] = [];
    const enter = (id: string) => {
      path.push(id);
      onPath.add(id);
      stack.push({ id, next: references(own(scope.resources, id), scope) });
    };
    enter(start);
    while (stack.length) {
      const top = stack[stack.length - 1];
      const next = top.next.pop();
      if (next === undefined) {
        stack.pop();
        path.pop();
        onPath.delete(top.id);
        done.add(top.id);
      } else if (onPath.has(next)) {
        return path.slice(path.indexOf(next));
      } else if (!done.has(next)) {
        enter(next);
      }
    }
  }
  return undefined;
}

function references(resource: unknown, scope: Scope): string[] {
  if (!isRecord(resource)) return [];
  const found = new Set<string>();
  const add = (name: unknown) => {
    if (typeof name === 'string' && own(scope.resources, name) !== undefined && own(scope.parameters, name) === undefined) found.add(name);
  };
  const dependsOn = resource.DependsOn;
  for (const name of Array.isArray(dependsOn) ? dependsOn : [dependsOn]) add(name);
  const open: unknown[] = [resource.Properties];
  while (open.length) {
    const at = open.pop();
    if (Array.isArray(at)) {
      for (const item of at) open.push(item);
    } else if (isRecord(at)) {
      for (const [key, value] of Object.entries(at)) {
        if (key === 'Ref') add(value);
        else if (key === 'Fn::GetAtt') add(Array.isArray(value) ? value[0] : typeof value === 'string' ? value.split('.')[0] : undefined);
        else if (key === 'Fn::Sub') subbed(value).forEach(add);
        if (key !== 'Fn::If') open.push(value);
      }
    }
  }
  return [...found];
}

function subbed(argument: unknown): string[] {
  const text = Array.isArray(argument) ? argument[0] : argument;
  if (typeof text !== 'string') return [];
  return [...text.matchAll(/\$\{([A-Za-z0-9]+)/g)].map((match) => match[1]);
}
