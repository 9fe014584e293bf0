import type { RowPlace } from "../list/list-kind.ts";
import { Money } from "../ui/money.tsx";
import { Time } from "../ui/time.tsx";
import { customerLabel } from "./customer-label.ts";
import { namePayment } from "./describe-payment.ts";
import { EditableCell } from "./editable-cell.tsx";
import type { ListedOrder } from "./list-orders.server.ts";
import { trackingLabel } from "./order-cells.tsx";
import { StatusBadge } from "./status-badge.tsx";

/** What a row says where there is no room for columns: below the order's name. */
export function OrderCard({ order, place }: { order: ListedOrder; place: RowPlace }) {
  const tracking = trackingLabel(order);
  return (
    <>
      <div className="flex gap-3">
        <span className="min-w-0 flex-1 truncate">{customerLabel(order)}</span>
        <Money minor={order.totalMinor} currency={order.currency} />
      </div>
      <span className="block truncate text-small text-ink-subtle">
        <Time at={order.createdAt} /> · {namePayment(order.financialStatus)}
      </span>
      <div className="mt-0.5 flex h-8 items-center justify-between gap-3">
        <div className="min-w-0 flex-1">
          <EditableCell order={order} field="trackingNumber" {...place}>
            <span className="truncate text-small text-ink-subtle">
              {tracking ? `Tracking: ${tracking}` : "No tracking"}
            </span>
          </EditableCell>
        </div>
        <div className="max-w-1/2 shrink-0">
          <EditableCell order={order} field="status" side="right" {...place}>
            <StatusBadge status={order.status} />
          </EditableCell>
        </div>
      </div>
    </>
  );
}
