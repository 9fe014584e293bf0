import { ColumnsMenu } from "../search/columns-menu.tsx";
import { formatCount } from "../search/format-count.ts";
import type { Count } from "../search/read-page.server.ts";
import { AppLink } from "../ui/app-link.tsx";
import { type CustomerColumn, customerColumns } from "./customer-columns.ts";
import { type CustomerAddress, listSearch } from "./list-address.ts";

interface CustomerListToolbarProps {
  address: CustomerAddress;
  count: Count;
  /** Orders of people without an account: the list does not have them. */
  guestOrders: Count;
  columns: readonly CustomerColumn[];
}

/** How many customers the list has, where the others are, and how it is looked at. */
export function CustomerListToolbar({ address, count, guestOrders, columns }: CustomerListToolbarProps) {
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2">
      <p className="flex min-w-0 grow basis-64 flex-wrap items-baseline gap-x-3 tabular-nums">
        <span className="font-medium">{formatCount(count, "customer", "customers")}</span>
        {guestOrders.count > 0 && (
          <span className="text-ink-subtle">
            <AppLink
              to="/app/orders?view=all&q=is%3Aguest"
              className="inline-block py-0.5 text-link underline decoration-1 underline-offset-2"
            >
              {formatCount(guestOrders, "order", "orders")}
            </AppLink>{" "}
            came from guests
          </span>
        )}
      </p>
      <ColumnsMenu
        action="/app/customers"
        search={listSearch({ ...address, columns: null })}
        names={customerColumns}
        columns={columns}
        first="The customer's name"
      />
    </div>
  );
}
