import { type ReactNode, useId } from "react";
import { orderStatuses, statusLabels } from "../orders/order.ts";
import { AppLink } from "../ui/app-link.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { type DashboardAddress, dashboardHref } from "./dashboard-address.ts";
import { describePeriod } from "./describe-trend.ts";
import type { Figures } from "./figures.ts";
import { FiguresChart } from "./figures-chart.tsx";
import { FiguresTable } from "./figures-table.tsx";
import { StatusSwatch } from "./status-pattern.tsx";

/** Orders and revenue over the period, as a chart or as a table. The address says which. */
export function FiguresCard({
  figures: { now, steps },
  address,
}: {
  figures: Figures;
  address: DashboardAddress;
}) {
  const { period, table } = address;
  const earned = now.revenue.filter(({ totalMinor }, position) => position === 0 || totalMinor !== "0");
  const currencies = earned.map(({ currency }) => currency);
  const currency = currencies.find((one) => one === address.currency) ?? mainCurrency(earned);
  const numbers = <FiguresTable steps={steps} period={period} currencies={currencies} linked={table} />;
  return (
    <Card
      title={`Orders and revenue per ${period.step}`}
      flush={table}
      action={
        <AppLink
          to={dashboardHref({ ...address, table: !table })}
          preventScrollReset
          replace
          className="py-1 text-small font-medium text-link hover:underline [@media(scripting:none)]:hidden"
        >
          {table ? "Show as chart" : "Show as table"}
        </AppLink>
      }
    >
      {steps.length === 0 ? (
        <EmptyState title="No orders in this period">
          <p>{describePeriod(period)}</p>
        </EmptyState>
      ) : table ? (
        <div className="max-h-120 overflow-auto border-t border-line">{numbers}</div>
      ) : (
        <>
          <div className="grid gap-x-8 gap-y-4 lg:grid-cols-2 [@media(scripting:none)]:hidden">
            <Drawn title="Orders" legend={<StatusLegend />}>
              <FiguresChart kind="orders" steps={steps} step={period.step} currency={currency} />
            </Drawn>
            <Drawn
              title={`Revenue in ${currency}`}
              legend={<CurrencyChoice {...{ currencies, currency, address }} />}
            >
              <FiguresChart kind="revenue" steps={steps} step={period.step} currency={currency} />
            </Drawn>
          </div>
          <div className="sr-only [@media(scripting:none)]:not-sr-only">
            <div className="[@media(scripting:none)]:overflow-x-auto">{numbers}</div>
          </div>
        </>
      )}
    </Card>
  );
}

/** The shop's own, unless all its revenue is in others. */
const mainCurrency = (earned: { currency: string; totalMinor: string }[]) =>
  (earned.find(({ totalMinor }) => totalMinor !== "0") ?? earned[0])?.currency ?? "";

function Drawn({ title, legend, children }: { title: string; legend: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <div className="mb-2 flex min-h-6 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h3 className="font-medium">{title}</h3>
        {legend}
      </div>
      {children}
    </div>
  );
}

function StatusLegend() {
  const id = useId().replaceAll(":", "");
  return (
    <ul className="flex flex-wrap gap-x-3 text-small text-ink-subtle">
      {orderStatuses.map((status) => (
        <li key={status} className="flex items-center gap-1">
          <StatusSwatch status={status} id={`${id}${status}`} />
          {statusLabels[status]}
        </li>
      ))}
    </ul>
  );
}

function CurrencyChoice({
  currencies,
  currency,
  address,
}: {
  currencies: string[];
  currency: string;
  address: DashboardAddress;
}) {
  if (currencies.length < 2) return null;
  return (
    <ul className="flex flex-wrap gap-1" aria-label="Currency of the chart">
      {currencies.map((one) => (
        <li key={one}>
          <AppLink
            to={dashboardHref({ ...address, currency: one })}
            preventScrollReset
            replace
            aria-current={one === currency ? "true" : undefined}
            className="block rounded-control px-2 py-1 text-small font-medium text-ink-subtle hover:bg-surface-hover aria-[current=true]:bg-neutral aria-[current=true]:text-ink"
          >
            {one}
          </AppLink>
        </li>
      ))}
    </ul>
  );
}
