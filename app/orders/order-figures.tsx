import type { ReactNode } from "react";
import { AppLink } from "../ui/app-link.tsx";
import { Badge } from "../ui/badge.tsx";
import { listSearch } from "./list-address.ts";
import { orderStatuses } from "./order.ts";
import type { OrderCounts } from "./orders.server.ts";
import { StatusBadge } from "./status-badge.tsx";

/** How many orders stand where. Each figure leads to its list. */
export function OrderFigures({ counts }: { counts: OrderCounts }) {
  return (
    <section aria-labelledby="figures">
      <h2 id="figures" className="sr-only">
        Orders by status
      </h2>
      <ul className="grid grid-cols-2 gap-3 md:grid-cols-5">
        {orderStatuses.map((status) => (
          <Figure key={status} q={`status:${status.toLowerCase()}`} count={counts.byStatus[status]}>
            <StatusBadge status={status} />
          </Figure>
        ))}
        <Figure q="is:review" count={counts.needsReview}>
          <Badge tone={counts.needsReview > 0 ? "critical" : "neutral"}>Needs a look</Badge>
        </Figure>
      </ul>
    </section>
  );
}

function Figure({ q, count, children }: { q: string; count: number; children: ReactNode }) {
  return (
    <li className="max-md:last:col-span-2">
      <AppLink
        to={`/app/orders${listSearch({ q })}`}
        className="grid justify-items-start gap-2 rounded-card bg-surface p-4 shadow-card hover:bg-surface-hover focus-visible:rounded-card"
      >
        {children}
        <span className="text-figure font-semibold tabular-nums">{count.toLocaleString("en")}</span>
      </AppLink>
    </li>
  );
}
