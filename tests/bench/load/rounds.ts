import { isQuiet, type Noise, waitForQuiet } from "./usage.ts";

export interface Rounds<Name extends string, Result> {
  /** The rounds that count, each with every contender's result. */
  counted: Record<Name, Result>[];
  run: number;
  /** True when no round was quiet, so that the loud ones had to count. */
  wasNoisy: boolean;
}

/**
 * Runs contenders in turn, round after round, each round beginning with the next one, until so many rounds were quiet, or
 * twice as many were run, or as many and not one of them was quiet. A round in which others took more than a twentieth of
 * the machine counts only when there is no other.
 * @param quietSeconds how long to wait at most for the machine to become quiet before each run
 */
export async function interleave<Name extends string, Result extends Noise>(
  names: Name[],
  rounds: number,
  run: (name: Name, round: number) => Promise<Result>,
  quietSeconds = 3,
): Promise<Rounds<Name, Result>> {
  const all: Record<Name, Result>[] = [];
  const isRoundQuiet = (round: Record<Name, Result>) => names.every((name) => isQuiet(round[name]));
  const hasEnough = () => {
    const quiet = all.filter(isRoundQuiet).length;
    return quiet >= rounds || all.length >= (quiet > 0 ? rounds * 2 : rounds);
  };
  while (!hasEnough()) {
    const results = {} as Record<Name, Result>;
    const first = all.length % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      await waitForQuiet(quietSeconds);
      results[name] = await run(name, all.length + 1);
    }
    all.push(results);
  }
  const quiet = all.filter(isRoundQuiet);
  return { counted: quiet.length > 0 ? quiet : all, run: all.length, wasNoisy: quiet.length === 0 };
}
