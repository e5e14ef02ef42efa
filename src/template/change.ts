// The same templates with one property set otherwise, to ask what would be. The templates that came in stay as they are.
// Not here: what the change means (rules/differences.ts).

import { TemplateInput } from './input';
import { isRecord, own, record } from './scope';

/** A property to set, or to take away. */
export interface Change {
  /** Logical id, stack/logical id, or construct path. */
  readonly resource: string;
  /** From the resource down: Properties, SslPolicy. */
  readonly path: readonly string[];
  /** Undefined: the property is taken away. */
  readonly value: unknown;
}

/** What cannot be set, in words for the user. */
export class UnfitChange extends Error {}

/** The templates with the change in them. */
export function changed(inputs: readonly TemplateInput[], change: Change): TemplateInput[] {
  const places = inputs.flatMap((input) => placesIn(input, change.resource));
  if (places.length === 0) throw new UnfitChange(`${change.resource} is no resource of these templates`);
  if (places.length > 1) {
    throw new UnfitChange(`${change.resource} is in several stacks: ${places.map(({ input, id }) => `${input.stack}/${id}`).join(', ')}; name one of these`);
  }
  return inputs.map((input) => within(input, places[0], change));
}

/** The change of one resource of one template, nested templates included. */
export function changedAt(inputs: readonly TemplateInput[], file: string, id: string, change: Omit<Change, 'resource'>): TemplateInput[] {
  const place = inputs.flatMap(all).find((input) => input.file === file);
  return place === undefined ? [...inputs] : inputs.map((input) => within(input, { input: place, id }, { ...change, resource: id }));
}

interface Place { readonly input: TemplateInput; readonly id: string }

function all(input: TemplateInput): TemplateInput[] {
  return [input, ...Object.values(input.nested ?? {}).flatMap(all)];
}

function placesIn(root: TemplateInput, name: string): Place[] {
  return all(root).flatMap((input) => {
    const resources = record(record(input.body).Resources);
    const ids = Object.keys(resources).filter((id) => {
      const path = own(record(own(record(own(resources, id)), 'Metadata')), 'aws:cdk:path');
      return [id, `${input.stack}/${id}`, path].includes(name) || (typeof path === 'string' && path === `${name}/Resource`);
    });
    return ids.map((id) => ({ input, id }));
  });
}

function within(input: TemplateInput, place: Place, change: Change): TemplateInput {
  if (input === place.input) {
    const body = structuredClone(record(input.body)) as Record<string, unknown>;
    set((body.Resources as Record<string, Record<string, unknown>>)[place.id], change);
    return { ...input, body };
  }
  if (!input.nested || !all(input).includes(place.input)) return input;
  return { ...input, nested: Object.fromEntries(Object.entries(input.nested).map(([id, nested]) => [id, within(nested, place, change)])) };
}

function set(resource: Record<string, unknown>, { resource: name, path, value }: Change): void {
  let at: Record<string, unknown> | unknown[] = resource;
  path.forEach((step, index) => {
    const here = `${name}.${path.slice(0, index).join('.')}`;
    if (Array.isArray(at) ? !/^\d+$/.test(step) || Number(step) > at.length : step === '__proto__') throw new UnfitChange(`${here} has no "${step}"`);
    const holder = at as Record<string, unknown>;
    if (index === path.length - 1) {
      if (value !== undefined) holder[step] = value;
      else if (Array.isArray(at)) at.splice(Number(step), 1);
      else delete holder[step];
      return;
    }
    const next = own(holder, step);
    if (next === undefined) holder[step] = {};
    else if (!isRecord(next) && !Array.isArray(next)) throw new UnfitChange(`${here}.${step} is "${String(next)}", which has no "${path[index + 1]}"`);
    else if (isExpression(next)) throw new UnfitChange(`${here}.${step} is an expression (${Object.keys(next)[0]}); set it as a whole`);
    at = holder[step] as Record<string, unknown> | unknown[];
  });
}

function isExpression(value: object): boolean {
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}
