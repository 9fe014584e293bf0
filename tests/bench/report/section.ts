import type { Rounds } from "../load/rounds.ts";
import type { Noise } from "../load/usage.ts";

/** A goal of ours beside what was seen. `seen` is null when it could not be measured. */
export interface Goal {
  what: string;
  /** What we would not go below. */
  least: number;
  goal: number;
  seen: number | null;
  better: "higher" | "lower";
  /** Follows each number, such as " s". */
  unit?: string;
}

export interface Table {
  head: string[];
  rows: string[][];
}

/** What one benchmark has to say; kept as JSON beside the page, so that the page can be written again in part. */
export interface Section {
  name: string;
  title: string;
  /** What was done and what to make of it, a paragraph each. */
  words: string[];
  goals: Goal[];
  tables: Table[];
  /** True when others were at work on the machine all the time, so that the figures are only a first impression. */
  wasNoisy: boolean;
}

/** Where, when and from what a section comes. */
export interface Origin {
  machine: string;
  database: string;
  commit: string;
  measuredOn: string;
  command: string;
  /** The load average of the machine before it began. */
  loadBefore: number;
}

export type Verdict = "goal met" | "met" | "**missed**" | "not measured";

export function judge({ least, goal, seen, better }: Goal): Verdict {
  if (seen === null || Number.isNaN(seen)) return "not measured";
  const reaches = (wanted: number) => (better === "higher" ? seen >= wanted : seen <= wanted);
  if (reaches(goal)) return "goal met";
  return reaches(least) ? "met" : "**missed**";
}

/** How many rounds count, and how noisy they were; the honest words under every table of rounds. */
export function describeRounds<Name extends string>(rounds: Rounds<Name, Noise>): string {
  const all = rounds.counted.flatMap((round) => Object.values<Noise>(round));
  const most = (read: (noise: Noise) => number) => `${Math.round(Math.max(...all.map(read)) * 100)} %`;
  const noise = `steal up to ${most(({ steal }) => steal)}, other programs up to ${most(({ others }) => others)} of the machine`;
  const counted = `Medians of ${rounds.counted.length} of ${rounds.run} rounds (${noise}).`;
  return rounds.wasNoisy
    ? `${counted} **Measured under load**: no round was quiet, so absolute numbers say little and ratios only something.`
    : counted;
}

export const whole = (value: number) => Math.round(value).toLocaleString("en");
export const rounded = (value: number, digits = 2) => (Number.isNaN(value) ? "–" : value.toFixed(digits));
