import { shiftDay } from "../search/parse-days.ts";

/** Arithmetic on calendar days, `yyyy-mm-dd`. A day has no length here: clocks that change do not matter. */

const utc = (day: string) => new Date(`${day}T00:00:00Z`);
const text = (date: Date) => date.toISOString().slice(0, 10);

/** The same day so many months later, or that month's last where it is shorter. */
export function shiftMonth(day: string, months: number): string {
  const first = utc(`${day.slice(0, 8)}01`);
  first.setUTCMonth(first.getUTCMonth() + months);
  const shifted = text(first).slice(0, 8) + day.slice(8);
  const last = lastDayOfMonth(text(first));
  return shifted < last ? shifted : last;
}

export function lastDayOfMonth(day: string): string {
  const date = utc(`${day.slice(0, 8)}01`);
  date.setUTCMonth(date.getUTCMonth() + 1, 0);
  return text(date);
}

/** The Monday of the day's week. */
export const weekStart = (day: string) => shiftDay(day, -((utc(day).getUTCDay() + 6) % 7));

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const monthOf = (day: string) => months[Number(day.slice(5, 7)) - 1];

/** `2026-11-05` → `5 Nov 2026`. */
export const formatDay = (day: string) => `${Number(day.slice(8))} ${monthOf(day)} ${day.slice(0, 4)}`;

/** Says what both days share only once: `1–20 Nov 2026`. */
export function formatDays({ from, to }: { from: string; to: string }): string {
  if (from === to) return formatDay(from);
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8))}–${formatDay(to)}`;
  if (from.slice(0, 4) === to.slice(0, 4))
    return `${Number(from.slice(8))} ${monthOf(from)} – ${formatDay(to)}`;
  return `${formatDay(from)} – ${formatDay(to)}`;
}

/** A point of a chart: a day, the week that begins with it, or its month. */
export function formatStep(day: string, step: "day" | "week" | "month"): string {
  if (step === "month") return `${monthOf(day)} ${day.slice(0, 4)}`;
  return step === "day"
    ? `${Number(day.slice(8))} ${monthOf(day)}`
    : `Week of ${Number(day.slice(8))} ${monthOf(day)}`;
}
