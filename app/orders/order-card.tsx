import { Money } from "../ui/money.tsx";
import { Time } from "../ui/time.tsx";
import { customerLabel } from "./customer-label.ts";
import { namePayment } from "./describe-payment.ts";
import type { ListedOrder } from "./list-orders.server.ts";
import { trackingLabel } from "./order-cells.tsx";
import { StatusBadge } from "./status-badge.tsx";

/** What a row says where there is no room for columns: below and beside the order's name. */
export function OrderCard({ order }: { order: ListedOrder }) {
  const tracking = trackingLabel(order);
  return (
    <div role="gridcell" className="col-span-2 flex min-w-0 gap-3 md:hidden">
      <div className="min-w-0 flex-1">
        <span className="block truncate">{customerLabel(order)}</span>
        <span className="block truncate text-small text-ink-subtle">
          <Time at={order.createdAt} /> · {namePayment(order.financialStatus)}
        </span>
        <span className="block truncate text-small text-ink-subtle">
          {tracking ? `Tracking: ${tracking}` : "No tracking"}
        </span>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1">
        <Money minor={order.totalMinor} currency={order.currency} />
        <StatusBadge status={order.status} />
      </div>
    </div>
  );
}
