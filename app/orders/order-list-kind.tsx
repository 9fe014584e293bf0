import type { ListColumn, ListKind } from "../list/list-kind.ts";
import type { LiveEvent } from "../live/live-event.ts";
import { EditLink } from "./edit-link.tsx";
import { EditableCell } from "./editable-cell.tsx";
import { listSearch } from "./list-address.ts";
import type { ListedOrder } from "./list-orders.server.ts";
import { OrderCard } from "./order-card.tsx";
import { OrderCell } from "./order-cells.tsx";
import { type OrderColumn, orderColumns } from "./order-columns.ts";
import { type OrderSort, orderSearchTable } from "./order-search-table.ts";
import { OrderFlags } from "./status-badge.tsx";

type Layout = Pick<ListColumn<ListedOrder, OrderSort>, "rem" | "sort" | "end">;

const column = (name: OrderColumn, layout: Layout): ListColumn<ListedOrder, OrderSort> => ({
  head: orderColumns[name],
  ...layout,
  cell: (order, place) => {
    const content = <OrderCell order={order} column={name} />;
    if (name !== "status" && name !== "tracking") return content;
    return (
      // A message is wider than its column, and the list may end at the right of it: so it goes to the left.
      <EditableCell
        order={order}
        field={name === "status" ? "status" : "trackingNumber"}
        side="right"
        {...place}
      >
        {content}
      </EditableCell>
    );
  },
});

/** The list of orders, as the grid shows it. */
export const orderListKind: ListKind<ListedOrder, OrderSort, OrderColumn> = {
  words: { title: "Orders", one: "order", many: "orders" },
  path: "/app/orders",
  sorts: orderSearchTable.sorts,
  ages: ["created", "updated"],
  listSearch,
  heard: (event: LiveEvent) => (event.type === "ORDER_SYNCED" ? [event.orderId] : []),
  name: {
    head: "Order",
    rem: 9,
    text: ({ name }) => name,
    badges: (order) => <OrderFlags {...order} />,
  },
  columns: {
    customer: column("customer", { rem: 7.75, sort: "customer" }),
    created: column("created", { rem: 9.25, sort: "created" }),
    status: column("status", { rem: 7.5 }),
    payment: column("payment", { rem: 8.5 }),
    fulfillment: column("fulfillment", { rem: 7.5 }),
    total: column("total", { rem: 6.5, sort: "total", end: true }),
    items: column("items", { rem: 4.5, end: true }),
    tags: column("tags", { rem: 10 }),
    tracking: column("tracking", { rem: 8.5 }),
    note: column("note", { rem: 12 }),
    email: column("email", { rem: 13 }),
    channel: column("channel", { rem: 7 }),
    updated: column("updated", { rem: 9.25, sort: "updated" }),
  },
  end: { head: "Edit", rem: 4, cell: (order, place) => <EditLink order={order} {...place} /> },
  card: { rem: 7.5, cell: (order, place) => <OrderCard order={order} place={place} /> },
};
