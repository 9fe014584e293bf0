import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits until something is so.
 * @returns how many milliseconds that took, or null when it was not so within the limit
 */
export async function until(isSo: () => Promise<boolean> | boolean, limitMs: number): Promise<number | null> {
  const startedAt = performance.now();
  while (!(await isSo())) {
    if (performance.now() - startedAt > limitMs) return null;
    await sleep(50);
  }
  return Math.round(performance.now() - startedAt);
}
