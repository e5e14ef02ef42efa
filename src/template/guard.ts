// Guards: what must hold for a branch of a template to be taken. A guard is a conjunction, kept as a linked list so
// that a chain of a thousand Fn::If shares its tails. Two branches whose guards contradict are never combined.
// Not here: deciding a condition (condition.ts).

/** One thing that must hold, and those that must hold as well. */
export interface Guard {
  /** What is looked at: a parameter or a condition expression, qualified by its template. */
  readonly key: string;
  /** The value it has. */
  readonly is?: string;
  /** The value it has not. */
  readonly not?: string;
  /** For people: "condition HasCertificate is true". */
  readonly says: string;
  readonly and?: Guard;
}

/** Both guards at once. */
export function both(one: Guard | undefined, other: Guard | undefined): Guard | undefined {
  if (!one) return other;
  let result = other;
  for (let part: Guard | undefined = one; part; part = part.and) result = { ...part, and: result };
  return result;
}

/** Whether the two can hold together. */
export function compatible(one: Guard | undefined, other: Guard | undefined): boolean {
  for (let a = one; a; a = a.and) {
    for (let b = other; b; b = b.and) {
      if (a.key !== b.key) continue;
      if (a.is !== undefined && b.is !== undefined && a.is !== b.is) return false;
      if (a.is !== undefined && a.is === b.not) return false;
      if (b.is !== undefined && b.is === a.not) return false;
    }
  }
  return true;
}

/** The guard in words, at most three parts. */
export function describeGuard(guard: Guard | undefined): string[] {
  const said: string[] = [];
  for (let part = guard; part && said.length < 3; part = part.and) if (!said.includes(part.says)) said.push(part.says);
  return said;
}
