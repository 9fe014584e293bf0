import type { FieldMatch, SearchField } from "./query.ts";
import { inQuotes } from "./query-sentences.ts";
import { splitRange } from "./split-range.ts";

type DayMatch = Extract<FieldMatch, { type: "day" }>;

const firstDay = "1900-01-01";
const lastDay = "2999-12-31";
const dayMs = 86_400_000;

/** Reads the value of a day: a day, month or year, a comparison or a range. @returns a sentence when it is none */
export function parseDayMatch(text: string, field: SearchField, today: string): DayMatch | string {
  const range = splitRange(text);
  if (!range) return `${inQuotes(text)} names no day. Write for example ${field.example}.`;
  const lower = range.lower && parseDays(range.lower.text, today);
  const upper = range.upper && parseDays(range.upper.text, today);
  for (const [bound, days] of [
    [range.lower, lower],
    [range.upper, upper],
  ] as const) {
    if (bound && !days) {
      return `${inQuotes(bound.text)} is not a day between 1900 and 2999. Write 2026-11-01, 2026-11, 2026, today, yesterday or -7d.`;
    }
  }
  // After a month means after its last day, from a month on means from its first.
  const from = lower && (range.lower?.open ? shiftDay(lower.to, 1) : lower.from);
  const to = upper && (range.upper?.open ? shiftDay(upper.from, -1) : upper.to);
  if ((from && from > lastDay) || (to && to < firstDay))
    return "No day lies there. Days go from 1900 to 2999.";
  if (from && to && from > to) {
    return `The range starts on ${from}, after its end ${to}. Write the earlier day first.`;
  }
  return { type: "day", from, to };
}

/** The days that a day, a month, a year or a word stands for; null when it stands for none. */
function parseDays(text: string, today: string): { from: string; to: string } | null {
  const word = text.toLowerCase();
  if (word === "today") return { from: today, to: today };
  const ago = word === "yesterday" ? 1 : Number(/^-(\d{1,5})d$/.exec(word)?.[1] ?? Number.NaN);
  if (!Number.isNaN(ago)) return inCalendar(shiftDay(today, -ago), shiftDay(today, -ago));
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(word) ?? [];
  // Also keeps years out that have more or fewer than four digits once one is added to them.
  if (!year || year < firstDay.slice(0, 4) || year > lastDay.slice(0, 4)) return null;
  if (!month) return inCalendar(`${year}-01-01`, `${year}-12-31`);
  const from = `${year}-${month}-${day ?? "01"}`;
  // The day before the next month's first: lengths of months are the calendar's business.
  const next = Number(month) === 12 ? `${Number(year) + 1}-01-01` : `${year}-${pad(Number(month) + 1)}-01`;
  return isDay(from) ? inCalendar(from, day ? from : shiftDay(next, -1)) : null;
}

const inCalendar = (from: string, to: string) => (from >= firstDay && to <= lastDay ? { from, to } : null);

const pad = (number: number) => String(number).padStart(2, "0");

/** 30 February is none, though its form is right. */
function isDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

/** The day so many days later. */
export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}
