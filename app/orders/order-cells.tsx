import type { ReactNode } from "react";
import { Instant, None, Text } from "../list/cells.tsx";
import { Badge } from "../ui/badge.tsx";
import { Money } from "../ui/money.tsx";
import { customerLabel } from "./customer-label.ts";
import { humanise } from "./describe-payment.ts";
import type { ListedOrder } from "./list-orders.server.ts";
import type { OrderColumn } from "./order-columns.ts";
import { PaymentBadge, StatusBadge } from "./status-badge.tsx";

/** What stands in a cell of one line. */
export function OrderCell({ order, column }: { order: ListedOrder; column: OrderColumn }): ReactNode {
  switch (column) {
    case "customer":
      return <Text>{customerLabel(order)}</Text>;
    case "created":
      return <Instant at={order.createdAt} />;
    case "updated":
      return <Instant at={order.updatedAt} />;
    case "status":
      return <StatusBadge status={order.status} />;
    case "payment":
      return <PaymentBadge financialStatus={order.financialStatus} />;
    case "fulfillment":
      return order.fulfillmentStatus ? (
        <Text>{humanise(order.fulfillmentStatus)}</Text>
      ) : (
        <Text>Unfulfilled</Text>
      );
    case "total":
      return <Money minor={order.totalMinor} currency={order.currency} />;
    case "items":
      return <span className="tabular-nums">{order.itemCount}</span>;
    case "tags":
      return order.tags.length > 0 ? <Tags tags={order.tags} /> : <None />;
    case "tracking":
      return <Text>{trackingLabel(order)}</Text>;
    case "note":
      return <Text>{order.note}</Text>;
    case "email":
      return <Text>{order.email}</Text>;
    case "channel":
      return order.sourceName ? <Text>{humanise(order.sourceName)}</Text> : <None />;
  }
}

export const trackingLabel = ({
  trackingCompany,
  trackingNumber,
}: Pick<ListedOrder, "trackingCompany" | "trackingNumber">): string =>
  [trackingCompany, trackingNumber].filter(Boolean).join(" ");

const Tags = ({ tags }: { tags: string[] }) => (
  <span className="flex gap-1 overflow-hidden" title={tags.join(", ")}>
    {tags.slice(0, 3).map((tag) => (
      <Badge key={tag}>{tag}</Badge>
    ))}
    {tags.length > 3 && <span className="text-small text-ink-subtle">+{tags.length - 3}</span>}
  </span>
);
