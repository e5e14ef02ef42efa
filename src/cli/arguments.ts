// What the commands share: arguments, of which wrong ones are one line for the user and exit code 2, and writing the report to a file.

import { writeFileSync } from 'fs';
import { parseArgs, ParseArgsConfig } from 'util';
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

type Parsed<Options extends ParseArgsConfig['options']> = ReturnType<typeof parseArgs<{ args: string[]; allowPositionals: true; options: Options }>>;

/** The options of a command, and what stands beside them. */
export function parsed<Options extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: Options): Parsed<Options> {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError((error as Error).message.split('\n')[0]);
  }
}

/** Writes what --output asks for. */
export function save(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`--output ${file}: ${(error as Error).message}`);
  }
}
