export interface Times {
  p50: number;
  p95: number;
}

/** Runs something a number of times, one after the other, after a few runs that do not count. */
export async function measure(times: number, run: () => Promise<unknown>): Promise<Times> {
  for (let index = 0; index < 3; index += 1) await run();
  const taken: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const startedAt = performance.now();
    await run();
    taken.push(performance.now() - startedAt);
  }
  taken.sort((a, b) => a - b);
  return { p50: at(taken, 0.5), p95: at(taken, 0.95) };
}

const at = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
