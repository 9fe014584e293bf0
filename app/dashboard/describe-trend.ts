import { formatDays } from "./calendar-days.ts";
import { countDays, type Period, type PresetName } from "./period.ts";

/** How a figure compares with the period before: a direction for the arrow, and the words that say it all. */
export interface Trend {
  direction: "up" | "down" | "same";
  words: string;
}

/**
 * @param before the same of the period before. Amounts are minor units of one currency
 * @returns null for nothing after nothing
 */
export function describeTrend(now: bigint, before: bigint, beforeLabel: string): Trend | null {
  if (now === 0n && before === 0n) return null;
  if (now === before) return { direction: "same", words: `The same as ${beforeLabel}` };
  const [direction, word] = now > before ? (["up", "more"] as const) : (["down", "less"] as const);
  if (before === 0n) return { direction, words: `None ${beforeLabel}` };
  const permille = ((now - before) * 1_000n) / before;
  const percent = Math.abs(Math.round(Number(permille) / 10));
  const share = percent === 0 ? "Less than 1%" : `${percent.toLocaleString("en")}%`;
  return { direction, words: `${share} ${word} than ${beforeLabel}` };
}

export function describeTimeTrend(seconds: number, before: number, beforeLabel: string): Trend {
  const [now, then] = [formatDuration(seconds), formatDuration(before)];
  if (now === then) return { direction: "same", words: `As long as ${beforeLabel}` };
  const difference = formatDuration(Math.abs(seconds - before));
  return seconds > before
    ? { direction: "up", words: `${difference} longer than ${beforeLabel}` }
    : { direction: "down", words: `${difference} shorter than ${beforeLabel}` };
}

const beforeLabels: Partial<Record<PresetName, string>> = {
  today: "yesterday",
  yesterday: "on the day before",
  month: "in the same days of last month",
  "last-month": "in the month before",
  year: "in the same days of last year",
};

/** What the days before are called; null when there are none. */
export function nameBefore({ preset, before }: Period): string | null {
  if (!before) return null;
  const days = countDays(before);
  return (
    (preset && beforeLabels[preset]) ?? (days === 1 ? "on the day before" : `in the ${days} days before`)
  );
}

/** The days of a period for people. */
export const describePeriod = ({ from, to }: Pick<Period, "from" | "to">) =>
  from && to ? formatDays({ from, to }) : "All time";

/** A length of time in its two largest units: `3 days 4 h`, `5 h 12 min`. */
export function formatDuration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return "under a minute";
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return withRest(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(minutes / 60);
  return withRest(Math.floor(hours / 24), "days", hours % 24, "h");
}

const withRest = (whole: number, unit: string, rest: number, restUnit: string) =>
  rest > 0 ? `${whole} ${unit} ${rest} ${restUnit}` : `${whole} ${unit}`;
