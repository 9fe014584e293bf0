import { shiftDay } from "../search/parse-days.ts";
import { lastDayOfMonth, shiftMonth } from "./calendar-days.ts";

/** Days on the shop's calendar, `yyyy-mm-dd`, both included; null is unbounded. */
export interface DayRange {
  from: string | null;
  to: string | null;
}

export const presets = {
  today: "Today",
  yesterday: "Yesterday",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
  month: "This month",
  "last-month": "Last month",
  year: "This year",
  all: "All time",
} as const;

export type PresetName = keyof typeof presets;

/** What the dashboard counts: the orders placed on these days. */
export interface Period extends DayRange {
  /** Null for days that somebody chose. */
  preset: PresetName | null;
  /** The days to compare with; null where nothing comes before. */
  before: { from: string; to: string } | null;
  /** What a point of the chart stands for, so that there are never more than about a hundred. */
  step: "day" | "week" | "month";
}

export const usualPreset: PresetName = "30d";

/** Later or earlier days are typing mistakes; the search knows the same bounds. */
const firstDay = "1900-01-01";
const lastDay = "2999-12-31";

/** Reads `?period=30d` or `?from=…&to=…`. @returns the usual period for whatever is damaged or missing */
export function parsePeriod(search: URLSearchParams, today: string): Period {
  const chosen = parseDays(search.get("from"), search.get("to"), today);
  if (chosen) return toPeriod(null, chosen, beforeOf(chosen));
  const name = search.get("period");
  return presetPeriod(name !== null && isPreset(name) ? name : usualPreset, today);
}

export function presetPeriod(preset: PresetName, today: string): Period {
  const monthStart = `${today.slice(0, 8)}01`;
  switch (preset) {
    case "today":
      return lastDays(preset, today, 1);
    case "yesterday":
      return lastDays(preset, shiftDay(today, -1), 1);
    case "7d":
      return lastDays(preset, today, 7);
    case "30d":
      return lastDays(preset, today, 30);
    case "90d":
      return lastDays(preset, today, 90);
    // A month or a year that is not over is held against as much of the one before.
    case "month": {
      const before = { from: shiftMonth(monthStart, -1), to: shiftMonth(today, -1) };
      return toPeriod(preset, { from: monthStart, to: today }, before);
    }
    case "last-month": {
      const from = shiftMonth(monthStart, -1);
      const before = { from: shiftMonth(from, -1), to: shiftDay(from, -1) };
      return toPeriod(preset, { from, to: lastDayOfMonth(from) }, before);
    }
    case "year": {
      const from = `${today.slice(0, 4)}-01-01`;
      return toPeriod(
        preset,
        { from, to: today },
        { from: shiftMonth(from, -12), to: shiftMonth(today, -12) },
      );
    }
    case "all":
      return { preset, from: null, to: null, before: null, step: "month" };
  }
}

/** The number of days of a range, both ends included. */
export const countDays = ({ from, to }: { from: string; to: string }) =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;

const isPreset = (name: string): name is PresetName => Object.hasOwn(presets, name);

function lastDays(preset: PresetName, to: string, days: number): Period {
  const range = { from: shiftDay(to, 1 - days), to };
  return toPeriod(preset, range, beforeOf(range));
}

function toPeriod(
  preset: PresetName | null,
  range: { from: string; to: string },
  before: { from: string; to: string } | null,
): Period {
  const days = countDays(range);
  return { preset, ...range, before, step: days <= 93 ? "day" : days <= 400 ? "week" : "month" };
}

/** As many days right before; null when those would reach beyond the calendar. */
function beforeOf({ from, to }: { from: string; to: string }): { from: string; to: string } | null {
  const days = countDays({ from, to });
  return days > 36_500 ? null : { from: shiftDay(from, -days), to: shiftDay(from, -1) };
}

/** One day alone is that day; the wrong way round is put right. */
function parseDays(
  from: string | null,
  to: string | null,
  today: string,
): { from: string; to: string } | null {
  const start = isDay(from) ? from : null;
  const end = isDay(to) ? to : null;
  if (!start && !end) return null;
  const [first = today, last = first] = [
    start ?? end ?? today,
    end ?? (start && start < today ? today : undefined),
  ];
  return first <= last ? { from: first, to: last } : { from: last, to: first };
}

function isDay(text: string | null): text is string {
  if (text === null || !/^\d{4}-\d\d-\d\d$/.test(text) || text < firstDay || text > lastDay) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  // 30 February is none, though its form is right.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}
