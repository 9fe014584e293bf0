import type { ReactNode } from "react";
import { AppLink } from "../ui/app-link.tsx";
import { Card } from "../ui/card.tsx";
import { Money } from "../ui/money.tsx";
import { Time } from "../ui/time.tsx";
import { customerLabel } from "./customer-label.ts";
import { firstPage } from "./list-address.ts";
import { NoOrders } from "./no-orders.tsx";
import type { OrderListItem } from "./orders.server.ts";
import { OrderFlags, StatusBadge } from "./status-badge.tsx";

interface RecentOrdersProps {
  orders: OrderListItem[];
  title?: string;
  /** The list that these are the first of. */
  to?: string;
  /** What stands there without orders. */
  empty?: ReactNode;
}

/** The newest orders, each a link to its page. */
export function RecentOrders({
  orders,
  title = "Newest orders",
  to = "/app/orders?view=all",
  empty = <NoOrders address={firstPage} />,
}: RecentOrdersProps) {
  return (
    <Card
      title={title}
      flush
      action={
        <AppLink to={to} className="py-1 text-small font-medium text-link hover:underline">
          All orders
        </AppLink>
      }
    >
      {orders.length === 0 ? (
        empty
      ) : (
        <ul className="border-t border-line">
          {orders.map((order) => (
            <li
              key={order.id}
              className="relative flex items-start gap-3 border-b border-line px-4 py-2.5 last:border-0 hover:bg-surface-hover sm:items-center"
            >
              <div className="min-w-0 flex-1 sm:flex sm:items-center sm:gap-3">
                <AppLink
                  to={`/app/orders/${order.id}`}
                  prefetch="intent"
                  className="inline-block min-w-16 py-0.5 font-semibold after:absolute after:inset-0 hover:underline"
                >
                  {order.name}
                </AppLink>
                <span className="block truncate max-sm:text-ink-subtle">{customerLabel(order)}</span>
              </div>
              <div className="flex items-center gap-x-3 gap-y-1 max-sm:flex-col max-sm:items-end">
                <span className="flex flex-wrap justify-end gap-1">
                  <OrderFlags {...order} />
                  <StatusBadge status={order.status} />
                </span>
                <span className="text-ink-subtle max-sm:hidden">
                  <Time at={order.createdAt} />
                </span>
                <span className="text-right sm:min-w-24">
                  <Money minor={order.totalMinor} currency={order.currency} />
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
