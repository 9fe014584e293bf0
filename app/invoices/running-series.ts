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
 * The sequence of the next document, as the trigger `number_document` gives it: after the last of its series, 1 in the
 * year after a year, or where the pattern says that a first series starts.
 * @param year on the shop's calendar
 */
export function nextSequence(pattern: NumberPattern, series: RunningSeries[], year: number): number {
  const running = series.find((one) => one.year === (pattern.yearly ? year : 0));
  if (running) return running.lastSequence + 1;
  return pattern.yearly && series.some((one) => one.year > 0 && one.year < year) ? 1 : pattern.start;
}
