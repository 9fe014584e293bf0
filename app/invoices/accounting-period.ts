/** Days on the shop's calendar, `2026-11-25`, both within the period. */
export interface Period {
  from: string;
  to: string;
}

/** A period as an address and a stored export hold it: `2026-01-01..2026-03-31`. */
export const formatPeriod = ({ from, to }: Period): string => `${from}..${to}`;

/** The longest period of one file, in years: no bookkeeping asks for more at once. */
const maxYears = 10;

/** @returns null for what is no period: days that do not exist, a wrong order, or too long a time */
export function parsePeriod(text: string): Period | null {
  const [from = "", to = "", ...rest] = text.split("..");
  if (rest.length > 0 || !isDay(from) || !isDay(to) || from > to) return null;
  return Number(to.slice(0, 4)) - Number(from.slice(0, 4)) < maxYears ? { from, to } : null;
}

function isDay(text: string): boolean {
  if (!/^[12]\d{3}-\d\d-\d\d$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

export interface PeriodChoice {
  label: string;
  /** As {@link formatPeriod} writes it. */
  value: string;
}

export interface PeriodChoices {
  months: PeriodChoice[];
  quarters: PeriodChoice[];
  years: PeriodChoice[];
}

/** The periods that are offered: the present one of each length and those before it, newest first. */
export function periodChoices(today: string): PeriodChoices {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1];
  const back = (count: number) => Array.from({ length: count }, (_, place) => place);
  const quarter = Math.floor(month / 3);
  return {
    months: back(13).map((place) => {
      const first = new Date(Date.UTC(year, month - place, 1));
      const label = first.toLocaleDateString("en", { month: "long", year: "numeric", timeZone: "UTC" });
      return { label, value: months(first, 1) };
    }),
    quarters: back(5).map((place) => {
      const first = new Date(Date.UTC(year, (quarter - place) * 3, 1));
      const label = `Quarter ${first.getUTCMonth() / 3 + 1} of ${first.getUTCFullYear()}`;
      return { label, value: months(first, 3) };
    }),
    years: back(4).map((place) => {
      const first = new Date(Date.UTC(year - place, 0, 1));
      return { label: String(year - place), value: months(first, 12) };
    }),
  };
}

/** So many whole months from a first day on. */
function months(first: Date, count: number): string {
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + count, 0));
  const day = (date: Date) => date.toISOString().slice(0, 10);
  return formatPeriod({ from: day(first), to: day(last) });
}

/** The whole month that a day is in. */
export function monthOf(day: string): Period {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  return { from: `${day.slice(0, 7)}-01`, to: last };
}

/** What the address of the page asks for: a period that is offered, or two days of one's own. */
export type AskedPeriod =
  | { outcome: "asked"; period: Period }
  | { outcome: "nothing" }
  /** With a sentence for the person. */
  | { outcome: "invalid"; message: string };

/** The choice that stands for two days of one's own. */
export const customPeriod = "custom";

/** Reads the form of the page. */
export function readPeriod(fields: { get(name: string): unknown }): AskedPeriod {
  const chosen = fields.get("period");
  if (typeof chosen !== "string" || chosen === "") return { outcome: "nothing" };
  const text = chosen === customPeriod ? `${fields.get("from")}..${fields.get("to")}` : chosen;
  const period = parsePeriod(text);
  if (period) return { outcome: "asked", period };
  return {
    outcome: "invalid",
    message: `Choose a first and a last day in this order, at most ${maxYears} calendar years together.`,
  };
}
