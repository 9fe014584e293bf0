import { type ReactNode, useId } from "react";
import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatDecimal, formatMoney } from "../money.ts";
import { orderStatuses, statusLabels } from "../orders/order.ts";
import { formatStep } from "./calendar-days.ts";
import { type ChartStep, countOrders } from "./figures.ts";
import type { Period } from "./period.ts";
import { StatusPattern, statusInk } from "./status-pattern.tsx";

export interface FiguresDrawingProps {
  kind: "orders" | "revenue";
  steps: ChartStep[];
  step: Period["step"];
  currency: string;
}

interface Point {
  step: ChartStep;
  label: string;
  /** Only for its place on the paper; the exact amount is in `step`. */
  revenue: number;
}

const axis = {
  stroke: "var(--color-line-strong)",
  tick: { fill: "var(--color-ink-subtle)", fontSize: 11 },
  tickLine: false,
};

/**
 * The two charts, the heaviest code of the project; figures-chart.tsx loads it when the page stands. Without
 * animation, because live changes would set it off again and again; without recharts' own reading by keyboard,
 * because the table beside says the same in a form that is made for it.
 */
export function FiguresDrawing({ kind, steps, step, currency }: FiguresDrawingProps) {
  const points = steps.map(
    (one): Point => ({
      step: one,
      label: formatStep(one.day, step),
      revenue: Number(formatDecimal(BigInt(revenueOf(one, currency)), currency)),
    }),
  );
  return kind === "orders" ? (
    <OrdersChart points={points} />
  ) : (
    <RevenueChart points={points} currency={currency} />
  );
}

const margin = { top: 8, right: 8, bottom: 0, left: 0 };

function OrdersChart({ points }: { points: Point[] }) {
  const id = useId().replaceAll(":", "");
  return (
    <ResponsiveContainer>
      <BarChart data={points} accessibilityLayer={false} margin={margin} barCategoryGap="12%">
        <defs>
          {orderStatuses.map((status) => (
            <StatusPattern key={status} status={status} id={`${id}${status}`} />
          ))}
        </defs>
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis dataKey="label" minTickGap={24} {...axis} />
        <YAxis allowDecimals={false} width={44} axisLine={false} tickFormatter={shorten} {...axis} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--color-surface-hover)" }}
          content={({ payload }) => <Hint point={payload[0]?.payload}>{describeOrders}</Hint>}
        />
        {orderStatuses.map((status) => (
          <Bar
            key={status}
            stackId="status"
            maxBarSize={48}
            dataKey={({ step }: Point) => step.byStatus[status]}
            fill={`url(#${id}${status})`}
            stroke={statusInk(status)}
            strokeWidth={points.length > 40 ? 0 : 1}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

function RevenueChart({ points, currency }: { points: Point[]; currency: string }) {
  return (
    <ResponsiveContainer>
      <AreaChart data={points} accessibilityLayer={false} margin={margin}>
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis dataKey="label" minTickGap={24} {...axis} />
        <YAxis width={44} axisLine={false} tickFormatter={shorten} {...axis} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--color-line-strong)" }}
          content={({ payload }) => (
            <Hint point={payload[0]?.payload}>
              {({ step }) => [["Revenue", formatMoney(revenueOf(step, currency), currency)]]}
            </Hint>
          )}
        />
        <Area
          dataKey="revenue"
          type="linear"
          stroke="var(--color-link)"
          strokeWidth={2}
          fill="var(--color-info)"
          // A single point has no line.
          dot={
            points.length <= 31
              ? { r: 2.5, fill: "var(--color-link)", strokeWidth: 0, fillOpacity: 1 }
              : false
          }
          activeDot={{ r: 4, fill: "var(--color-link)", strokeWidth: 0 }}
          isAnimationActive={false}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
}

const describeOrders = ({ step }: Point): [string, string][] => [
  ["Orders", countOrders(step).toLocaleString("en")],
  ...orderStatuses
    .filter((status) => step.byStatus[status] > 0)
    .map((status): [string, string] => [statusLabels[status], step.byStatus[status].toLocaleString("en")]),
];

function Hint({
  point,
  children,
}: {
  point: unknown;
  children: (point: Point) => [string, string][];
}): ReactNode {
  if (!isPoint(point)) return null;
  return (
    <div className="rounded-control bg-surface px-3 py-2 text-small shadow-raised">
      <p className="font-semibold">{point.label}</p>
      <dl className="grid grid-cols-[auto_auto] gap-x-3">
        {children(point).map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-ink-subtle">{label}</dt>
            <dd className="text-right tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** recharts hands our own points back without their type. */
const isPoint = (value: unknown): value is Point =>
  typeof value === "object" && value !== null && "step" in value;

const revenueOf = ({ revenue }: ChartStep, currency: string) =>
  revenue.find((total) => total.currency === currency)?.totalMinor ?? "0";

const shortFormat = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const shorten = (value: number) => shortFormat.format(value);
