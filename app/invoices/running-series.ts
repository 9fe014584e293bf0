import type { DocumentKind } from "../documents/document.ts";
import type { NumberPattern } from "./numbering-rules.ts";

/** A run of numbers that has begun: see `number_series`. */
export interface RunningSeries {
  /** 0 for one that never starts again. */
  year: number;
  lastSequence: number;
}

export type RunningNumbers = Record<DocumentKind, RunningSeries[]>;

/**
 * The sequence of the next document: after the last of its series, or where the pattern says that a new one starts.
 * @param year on the shop's calendar
 */
export function nextSequence(pattern: NumberPattern, series: RunningSeries[], year: number): number {
  const running = series.find((one) => one.year === (pattern.yearly ? year : 0));
  return running ? running.lastSequence + 1 : pattern.start;
}
