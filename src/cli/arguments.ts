// Arguments that are wrong: one line for the user, exit code 2. Shared by the commands.

import { closestOf } from './closest';
import { ClientId, CLIENTS, isClientId } from '../protocol';

/** Wrong usage: one line for the user, exit code 2. */
export class UsageError extends Error {}

export function clientId(option: string, id: string): ClientId {
  if (isClientId(id)) return id;
  throw new UsageError(
    `${option} ${id}: there is no such client; did you mean ${closestOf(id, Object.keys(CLIENTS))}? The ids are ${Object.keys(CLIENTS).join(', ')}`,
  );
}

export function oneOf<Value extends string>(option: string, value: string, values: readonly Value[]): Value {
  const found = values.find((one) => one === value);
  if (found === undefined) throw new UsageError(`${option} ${value}: it must be one of ${values.join(', ')}`);
  return found;
}
