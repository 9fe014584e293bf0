import type { CurrencyTotal } from "../money.ts";
import { type OrderStatus, orderStatuses } from "../orders/order.ts";
import { shiftDay } from "../search/parse-days.ts";
import { lastDayOfMonth, shiftMonth, weekStart } from "./calendar-days.ts";
import type { Period } from "./period.ts";

/** How long orders took on average. Where nothing is known to have arrived, how long until they left. */
export interface AverageTime {
  kind: "delivery" | "shipping";
  seconds: number;
  /** The orders it is the average of. */
  orders: number;
}

/** The figures of domain rule 7 for the orders placed in a period. Test and deleted orders do not count. */
export interface PeriodFigures {
  orders: number;
  byStatus: Record<OrderStatus, number>;
  activeShipments: number;
  /** The shop's own currency first, whether it has any or not. */
  revenue: CurrencyTotal[];
  averageTime: AverageTime | null;
}

/** A point of the chart: a day, or the week or month that begins with it. */
export interface ChartStep {
  day: string;
  byStatus: Record<OrderStatus, number>;
  revenue: CurrencyTotal[];
}

export interface Figures {
  now: PeriodFigures;
  before: PeriodFigures | null;
  steps: ChartStep[];
  /** Orders of any day that wait for a look. */
  needsReview: number;
  /** False until the shop has its first order. */
  everOrdered: boolean;
}

/** Orders counted together. Sums come as decimal text. */
export interface FigureRow {
  /** In the period, or in the one before. */
  now: boolean;
  /** The first day of the chart's step; null in the period before. */
  step: string | null;
  currency: string;
  status: OrderStatus;
  orders: string;
  total_minor: string;
  undelivered: string;
  delivered: string;
  delivery_seconds: string;
  shipped: string;
  ship_seconds: string;
}

export interface Waiting {
  needs_review: string;
  ever_ordered: boolean;
}

/** Adds counted orders up to what the dashboard shows. */
export function summariseFigures(
  rows: FigureRow[],
  waiting: Waiting | undefined,
  period: Period,
  shopCurrency: string,
): Figures {
  const now = rows.filter((row) => row.now);
  return {
    now: summarise(now, shopCurrency),
    before:
      period.before &&
      summarise(
        rows.filter((row) => !row.now),
        shopCurrency,
      ),
    steps: toSteps(now, period, shopCurrency),
    needsReview: Number(waiting?.needs_review ?? 0),
    everOrdered: waiting?.ever_ordered ?? false,
  };
}

function summarise(rows: FigureRow[], shopCurrency: string): PeriodFigures {
  return {
    orders: sum(rows, "orders"),
    byStatus: countStatuses(rows),
    activeShipments: sum(
      rows.filter(({ status }) => status === "SHIPPED"),
      "undelivered",
    ),
    revenue: sumRevenue(rows, shopCurrency),
    averageTime:
      averageOf("delivery", sum(rows, "delivery_seconds"), sum(rows, "delivered")) ??
      averageOf("shipping", sum(rows, "ship_seconds"), sum(rows, "shipped")),
  };
}

const sum = (rows: FigureRow[], column: Exclude<keyof FigureRow, "now" | "step" | "currency" | "status">) =>
  rows.reduce((total, row) => total + Number(row[column]), 0);

const averageOf = (kind: AverageTime["kind"], seconds: number, orders: number): AverageTime | null =>
  orders > 0 ? { kind, seconds: seconds / orders, orders } : null;

export function countStatuses(rows: FigureRow[]): Record<OrderStatus, number> {
  const counts = { PENDING: 0, CONFIRMED: 0, SHIPPED: 0, CANCELLED: 0 };
  for (const { status, orders } of rows) counts[status] += Number(orders);
  return counts;
}

/** Current totals of what is not cancelled, by currency. */
function sumRevenue(rows: FigureRow[], shopCurrency: string): CurrencyTotal[] {
  const totals = new Map([[shopCurrency, 0n]]);
  for (const { status, currency, orders, total_minor } of rows) {
    if (status === "CANCELLED" || (orders === "0" && total_minor === "0")) continue;
    totals.set(currency, (totals.get(currency) ?? 0n) + BigInt(total_minor));
  }
  const [own, ...others] = totals;
  const sorted = [...(own ? [own] : []), ...others.sort(([a], [b]) => (a < b ? -1 : 1))];
  return sorted.map(([currency, total]) => ({ currency, totalMinor: total.toString() }));
}

/** One point for each step of the period, also where nothing was ordered; without the empty ends of years. */
function toSteps(rows: FigureRow[], period: Period, shopCurrency: string): ChartStep[] {
  const byStep = Map.groupBy(
    rows.filter(({ orders }) => orders !== "0"),
    ({ step }) => step ?? "",
  );
  const counted = [...byStep.keys()].sort();
  const bounded = period.step !== "month" && period.from !== null && period.to !== null;
  const first = bounded ? stepOf(period.from ?? "", period.step) : counted[0];
  const last = bounded ? stepOf(period.to ?? "", period.step) : counted.at(-1);
  if (first === undefined || last === undefined || counted.length === 0) return [];
  const steps: ChartStep[] = [];
  for (let day = first; day <= last; day = nextStep(day, period.step)) {
    const counts = byStep.get(day) ?? [];
    steps.push({ day, byStatus: countStatuses(counts), revenue: sumRevenue(counts, shopCurrency) });
  }
  return steps;
}

function stepOf(day: string, step: Period["step"]): string {
  if (step === "day") return day;
  return step === "week" ? weekStart(day) : `${day.slice(0, 8)}01`;
}

function nextStep(day: string, step: Period["step"]): string {
  if (step === "month") return shiftMonth(day, 1);
  return shiftDay(day, step === "day" ? 1 : 7);
}

/** The days of a step that lie in the period: what a link from the chart asks for. */
export function daysOfStep(day: string, { step, from, to }: Period): { from: string; to: string } {
  const last = step === "day" ? day : step === "week" ? shiftDay(day, 6) : lastDayOfMonth(day);
  return { from: from && from > day ? from : day, to: to && to < last ? to : last };
}

export const countOrders = ({ byStatus }: Pick<ChartStep, "byStatus">) =>
  orderStatuses.reduce((total, status) => total + byStatus[status], 0);
