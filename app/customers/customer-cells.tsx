import type { ReactNode } from "react";
import { Instant, Text } from "../list/cells.tsx";
import { Money } from "../ui/money.tsx";
import type { CustomerColumn } from "./customer-columns.ts";
import type { ListedCustomer } from "./list-customers.server.ts";

/** What stands in a cell of one line. */
export function CustomerCell({
  customer,
  column,
}: {
  customer: ListedCustomer;
  column: CustomerColumn;
}): ReactNode {
  switch (column) {
    case "email":
      return <Text>{customer.email}</Text>;
    case "phone":
      return <Text>{customer.phone}</Text>;
    case "note":
      return <Text>{customer.note}</Text>;
    case "orders":
      return <span className="tabular-nums">{customer.orderCount}</span>;
    case "spent":
      return <Money minor={customer.spentMinor} currency={customer.currency} />;
    case "last_order":
      return <Instant at={customer.lastOrderAt} />;
    case "created":
      return <Instant at={customer.createdAt} />;
  }
}
