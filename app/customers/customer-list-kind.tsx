import type { ListColumn, ListKind } from "../list/list-kind.ts";
import { Badge } from "../ui/badge.tsx";
import { whoPlaced } from "./asked-customers.ts";
import { customerName } from "./customer.ts";
import { CustomerCell } from "./customer-cells.tsx";
import { type CustomerColumn, customerColumns } from "./customer-columns.ts";
import { CustomerListCard } from "./customer-list-card.tsx";
import { type CustomerSort, customerSearchTable } from "./customer-search-table.ts";
import { listSearch } from "./list-address.ts";
import type { ListedCustomer } from "./list-customers.server.ts";

type Layout = Pick<ListColumn<ListedCustomer, CustomerSort>, "rem" | "sort" | "end">;

const column = (name: CustomerColumn, layout: Layout): ListColumn<ListedCustomer, CustomerSort> => ({
  head: customerColumns[name],
  ...layout,
  cell: (customer) => <CustomerCell customer={customer} column={name} />,
});

/** The list of customers, as the grid shows it. */
export const customerListKind: ListKind<ListedCustomer, CustomerSort, CustomerColumn> = {
  words: { title: "Customers", one: "customer", many: "customers" },
  path: "/app/customers",
  sorts: customerSearchTable.sorts,
  listSearch,
  heard: (event) => (event.type === "ORDER_SYNCED" ? [whoPlaced(event.orderId)] : []),
  name: {
    head: "Customer",
    rem: 14,
    sort: "name",
    text: customerName,
    badges: ({ erased }) => erased && <Badge>Erased</Badge>,
  },
  columns: {
    email: column("email", { rem: 15 }),
    orders: column("orders", { rem: 5.5, sort: "orders", end: true }),
    spent: column("spent", { rem: 8, sort: "spent", end: true }),
    last_order: column("last_order", { rem: 10, sort: "last_order" }),
    phone: column("phone", { rem: 9 }),
    created: column("created", { rem: 10, sort: "created" }),
    note: column("note", { rem: 12 }),
  },
  card: { rem: 5.5, cell: (customer) => <CustomerListCard customer={customer} /> },
};
