// Explicit values win over defaults, and a property that is there but undefined is not explicit: `{ ...defaults, ...props }` would
// let it undo the default.

/** The properties that have a value. */
export function defined<T extends object>(properties: T | undefined): T {
  return Object.fromEntries(Object.entries(properties ?? {}).filter(([, value]) => value !== undefined)) as T;
}
