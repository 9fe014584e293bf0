import { listSearch } from "../orders/list-address.ts";
import { orderStatuses, statusLabels } from "../orders/order.ts";
import { AppLink } from "../ui/app-link.tsx";
import { Money } from "../ui/money.tsx";
import { formatStep } from "./calendar-days.ts";
import { figureQueries } from "./figure-queries.ts";
import { type ChartStep, countOrders, daysOfStep } from "./figures.ts";
import type { Period } from "./period.ts";

const head = "px-3 py-2 text-right font-medium text-ink-subtle whitespace-nowrap first:text-left";
const cell = "px-3 py-1.5 text-right tabular-nums whitespace-nowrap";
const captions = { day: "day", week: "week", month: "month" };

/** The chart's numbers, newest first. */
export function FiguresTable({
  steps,
  period,
  currencies,
  linked,
}: {
  steps: ChartStep[];
  period: Period;
  currencies: string[];
  /** Each step leads to its orders; not where the table cannot be seen and the focus would get lost in it. */
  linked: boolean;
}) {
  return (
    <table className="w-full border-collapse text-body">
      <caption className="sr-only">Orders and revenue for each {captions[period.step]}, newest first</caption>
      <thead className="border-b border-line">
        <tr>
          <th scope="col" className={head}>
            {period.step === "day" ? "Day" : period.step === "week" ? "Week" : "Month"}
          </th>
          <th scope="col" className={head}>
            Orders
          </th>
          {orderStatuses.map((status) => (
            <th key={status} scope="col" className={head}>
              {statusLabels[status]}
            </th>
          ))}
          {currencies.map((currency) => (
            <th key={currency} scope="col" className={head}>
              Revenue ({currency})
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {steps.toReversed().map((one) => (
          <tr key={one.day} className="border-b border-line last:border-0 hover:bg-surface-hover">
            <th scope="row" className="px-3 py-1.5 text-left font-medium whitespace-nowrap">
              {linked && countOrders(one) > 0 ? (
                <AppLink
                  to={`/app/orders${listSearch({ q: figureQueries.orders(daysOfStep(one.day, period)) })}`}
                  className="inline-block py-0.5 text-link hover:underline"
                >
                  {formatStep(one.day, period.step)}
                </AppLink>
              ) : (
                formatStep(one.day, period.step)
              )}
            </th>
            <td className={cell}>{countOrders(one).toLocaleString("en")}</td>
            {orderStatuses.map((status) => (
              <td key={status} className={cell}>
                {one.byStatus[status].toLocaleString("en")}
              </td>
            ))}
            {currencies.map((currency) => (
              <td key={currency} className={cell}>
                <Money
                  minor={one.revenue.find((total) => total.currency === currency)?.totalMinor ?? "0"}
                  currency={currency}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
