import type { ReactNode } from "react";
import { listSearch } from "../orders/list-address.ts";
import { orderStatuses } from "../orders/order.ts";
import { StatusBadge } from "../orders/status-badge.tsx";
import { AppLink } from "../ui/app-link.tsx";
import { Badge } from "../ui/badge.tsx";
import { figureQueries } from "./figure-queries.ts";
import type { Figures } from "./figures.ts";
import type { Period } from "./period.ts";

/** How many orders of the period stand where, and how many of any day wait for a look. Each leads to its list. */
export function OrderFigures({
  figures: { now, needsReview },
  period,
}: {
  figures: Figures;
  period: Period;
}) {
  return (
    <section aria-labelledby="statuses">
      <h2 id="statuses" className="sr-only">
        Orders by status
      </h2>
      <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-card bg-line shadow-card md:grid-cols-5">
        {orderStatuses.map((status) => (
          <Figure key={status} q={figureQueries.status(period, status)} count={now.byStatus[status]}>
            <StatusBadge status={status} />
          </Figure>
        ))}
        <Figure q={figureQueries.needsReview} count={needsReview}>
          <Badge tone={needsReview > 0 ? "critical" : "neutral"}>Needs a look</Badge>
        </Figure>
      </ul>
    </section>
  );
}

function Figure({ q, count, children }: { q: string; count: number; children: ReactNode }) {
  return (
    <li className="bg-surface max-md:last:col-span-2">
      <AppLink
        to={`/app/orders${listSearch({ q })}`}
        className="flex items-center justify-between gap-2 px-4 py-2.5 hover:bg-surface-hover focus-visible:outline-offset-[-2px]"
      >
        {children}
        <span className="text-heading font-semibold tabular-nums">{count.toLocaleString("en")}</span>
      </AppLink>
    </li>
  );
}
