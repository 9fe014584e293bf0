import { setTimeout as sleep } from "node:timers/promises";

/** Asks again until it is so. @throws Error naming what did not come true in two minutes */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Not in two minutes: ${what}`);
    await sleep(50);
  }
}
