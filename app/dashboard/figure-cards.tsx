import type { ReactNode } from "react";
import type { CurrencyTotal } from "../money.ts";
import { formatMoney } from "../money.ts";
import { listSearch } from "../orders/list-address.ts";
import { AppLink } from "../ui/app-link.tsx";
import {
  describeTimeTrend,
  describeTrend,
  formatDuration,
  nameBefore,
  type Trend,
} from "./describe-trend.ts";
import { figureQueries } from "./figure-queries.ts";
import type { AverageTime, Figures } from "./figures.ts";
import type { Period } from "./period.ts";

/** The four figures. Each leads to the list that it counts. */
export function FigureCards({ figures: { now, before }, period }: { figures: Figures; period: Period }) {
  const beforeLabel = nameBefore(period);
  const trendOf = (value: number, then: number | undefined) =>
    beforeLabel !== null && then !== undefined
      ? describeTrend(BigInt(value), BigInt(then), beforeLabel)
      : null;
  return (
    <section aria-labelledby="figures">
      <h2 id="figures" className="sr-only">
        Figures
      </h2>
      <ul className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Figure
          label="Total orders"
          q={figureQueries.orders(period)}
          value={now.orders.toLocaleString("en")}
          trend={trendOf(now.orders, before?.orders)}
        />
        <Figure
          label="Active shipments"
          q={figureQueries.activeShipments(period)}
          value={now.activeShipments.toLocaleString("en")}
          trend={trendOf(now.activeShipments, before?.activeShipments)}
        />
        <RevenueFigure now={now.revenue} before={before?.revenue} beforeLabel={beforeLabel} period={period} />
        <TimeFigure
          now={now.averageTime}
          before={before?.averageTime}
          beforeLabel={beforeLabel}
          period={period}
        />
      </ul>
    </section>
  );
}

interface FigureProps {
  label: string;
  /** The search whose list the figure counts; null where there is nothing to list. */
  q: string | null;
  value: string;
  trend: Trend | null;
  children?: ReactNode;
}

function Figure({ label, q, value, trend, children }: FigureProps) {
  const face = "text-figure font-semibold tabular-nums [overflow-wrap:anywhere] max-sm:text-title";
  return (
    <li
      className={`relative grid content-start gap-1 rounded-card bg-surface p-4 shadow-card ${q === null ? "" : "hover:bg-surface-hover"}`}
    >
      <h3 className="text-body font-medium text-ink-subtle">{label}</h3>
      {q === null ? (
        <p className={face}>{value}</p>
      ) : (
        <p className={face}>
          <AppLink
            to={`/app/orders${listSearch({ q })}`}
            className="after:absolute after:inset-0 after:rounded-card focus-visible:outline-0 focus-visible:after:outline-2 focus-visible:after:outline-focus"
          >
            <span className="sr-only">{label}: </span>
            {value}
          </AppLink>
        </p>
      )}
      {trend && <TrendLine {...trend} />}
      {children}
    </li>
  );
}

/** More than these are told in the list only. */
const shownCurrencies = 4;

function RevenueFigure({
  now,
  before = [],
  beforeLabel,
  period,
}: {
  now: CurrencyTotal[];
  before: CurrencyTotal[] | undefined;
  beforeLabel: string | null;
  period: Period;
}) {
  const earning = now.filter(({ totalMinor }) => totalMinor !== "0");
  const [main = now[0], ...others] = earning;
  if (!main) return null;
  const then = before.find(({ currency }) => currency === main.currency)?.totalMinor ?? "0";
  const trend =
    beforeLabel === null ? null : describeTrend(BigInt(main.totalMinor), BigInt(then), beforeLabel);
  const query = (currency: string | null) => figureQueries.revenue(period, now.length > 1 ? currency : null);
  const rest = others.length - (shownCurrencies - 1);
  return (
    <Figure
      label="Revenue"
      q={query(main.currency)}
      value={formatMoney(main.totalMinor, main.currency)}
      trend={trend}
    >
      {others.length > 0 && (
        // Above the card's own link, which covers all of it.
        <ul className="relative z-1 mt-1 grid justify-items-start border-t border-line pt-1.5 text-ink-subtle">
          {others.slice(0, shownCurrencies - 1).map(({ currency, totalMinor }) => (
            <li key={currency}>
              <AppLink
                to={`/app/orders${listSearch({ q: query(currency) })}`}
                className="inline-block py-0.5 font-medium text-ink tabular-nums hover:underline"
              >
                <span className="sr-only">Revenue in {currency}: </span>
                {formatMoney(totalMinor, currency)}
              </AppLink>
            </li>
          ))}
          {rest > 0 && (
            <li>
              <AppLink
                to={`/app/orders${listSearch({ q: query(null) })}`}
                className="inline-block py-0.5 text-link hover:underline"
              >
                and {rest} more
              </AppLink>
            </li>
          )}
        </ul>
      )}
    </Figure>
  );
}

function TimeFigure({
  now,
  before,
  beforeLabel,
  period,
}: {
  now: AverageTime | null;
  before: AverageTime | null | undefined;
  beforeLabel: string | null;
  period: Period;
}) {
  if (!now) {
    return (
      <Figure label="Average delivery time" q={null} value="–" trend={null}>
        <p className="text-small text-ink-subtle">No shipment yet.</p>
      </Figure>
    );
  }
  const comparable = beforeLabel !== null && before?.kind === now.kind;
  return (
    <Figure
      label={now.kind === "delivery" ? "Average delivery time" : "Average time to ship"}
      q={figureQueries.averageTime(period, now.kind)}
      value={formatDuration(now.seconds)}
      trend={comparable ? describeTimeTrend(now.seconds, before.seconds, beforeLabel) : null}
    >
      <p className="text-small text-ink-subtle">
        {now.kind === "delivery"
          ? "First shipment to delivered, from fulfilment events:"
          : "From order to first shipment:"}{" "}
        {now.orders === 1 ? "1 order" : `${now.orders.toLocaleString("en")} orders`}
      </p>
    </Figure>
  );
}

const arrows = { up: "M5 8.5v-7M2 4.5l3-3 3 3", down: "M5 1.5v7M2 5.5l3 3 3-3", same: "M1.5 5h7" };

function TrendLine({ direction, words }: Trend) {
  return (
    <p className="flex items-start gap-1 text-small text-ink-subtle">
      <svg
        viewBox="0 0 10 10"
        className="mt-[3px] size-2.5 shrink-0"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        aria-hidden="true"
      >
        <path d={arrows[direction]} />
      </svg>
      <span>{words}</span>
    </p>
  );
}
