import type { ReactNode } from "react";
import { ListGrid } from "../list/list-grid.tsx";
import { type ListGridTerms, useListGrid } from "../list/use-list-grid.ts";
import type { Count } from "../search/read-page.server.ts";
import type { CustomerColumn } from "./customer-columns.ts";
import { customerListKind } from "./customer-list-kind.tsx";
import type { CustomerSort } from "./customer-search-table.ts";
import type { ListedCustomer } from "./list-customers.server.ts";
import { NoCustomers } from "./no-customers.tsx";
import { PlainTickedCustomers, TickedCustomers, tickedFormId } from "./ticked-customers.tsx";

interface CustomerListProps
  extends Omit<ListGridTerms<ListedCustomer, CustomerSort, CustomerColumn>, "kind"> {
  count: Count;
  /** What stands above the rows while none is ticked. */
  toolbar: ReactNode;
}

/** The customers as a grid: opened by their rows, ticked for a file of them. */
export function CustomerList({ count, toolbar, ...terms }: CustomerListProps) {
  const { address, columns } = terms;
  const grid = useListGrid({ kind: customerListKind, ...terms });
  const shown = { sort: `${address.sort}-${address.direction}`, columns };
  return (
    <>
      <noscript>
        <PlainTickedCustomers q={address.q} shown={shown} />
      </noscript>
      <ListGrid
        grid={grid}
        count={count}
        toolbar={toolbar}
        empty={<NoCustomers address={address} />}
        selection={{
          formId: tickedFormId,
          bar: (selection, { clear, selectAll }) => (
            <TickedCustomers
              {...{ selection, shown, count }}
              q={address.q}
              onClear={clear}
              onSelectAll={selectAll}
            />
          ),
        }}
      />
    </>
  );
}
