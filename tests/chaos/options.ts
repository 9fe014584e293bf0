import { parseArgs } from "node:util";

/** A whole run may take this long; a shorter one does less of each fault. */
export const fullRunSeconds = 600;

export interface Options {
  /** The run's time limit. */
  seconds: number;
  /** What a fault does of its full self, from 0 to 1: outages are shorter, repetitions fewer. */
  scale: number;
  /** Names of the faults to inject; null for all. */
  only: string[] | null;
  /** The same seed sends the same orders and draws the same moments; what the machine makes of them differs. */
  seed: number;
}

/** @throws TypeError or RangeError with a sentence for whoever typed the arguments */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: "string", default: String(fullRunSeconds) },
      only: { type: "string" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
    },
  });
  const [seconds, seed] = [Number(values.seconds), Number(values.seed)];
  if (!Number.isInteger(seconds) || seconds < 30 || seconds > fullRunSeconds)
    throw new RangeError(`--seconds is a whole number from 30 to ${fullRunSeconds}.`);
  if (!Number.isInteger(seed) || seed < 0) throw new RangeError("--seed is a whole number.");
  return { seconds, seed, scale: seconds / fullRunSeconds, only: values.only?.split(",") ?? null };
}
