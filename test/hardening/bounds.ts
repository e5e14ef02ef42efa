// Time and memory that hostile input may cost, measured as the processor time of this process, which other programs do not lengthen.

/** What a call comes to; fails when it takes longer. */
export function within<Result>(milliseconds: number, call: () => Result): Result {
  const start = process.cpuUsage();
  const result = call();
  const spent = spentSince(start);
  if (spent > milliseconds) throw new Error(`took ${Math.round(spent)} ms of processor time, and may take ${milliseconds} ms`);
  return result;
}

/** Likewise, for what is waited for. */
export async function withinLater<Result>(milliseconds: number, call: () => Promise<Result>): Promise<Result> {
  const start = process.cpuUsage();
  const result = await call();
  const spent = spentSince(start);
  if (spent > milliseconds) throw new Error(`took ${Math.round(spent)} ms of processor time, and may take ${milliseconds} ms`);
  return result;
}

function spentSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
