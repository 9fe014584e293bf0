import type { ReactNode } from "react";
import { PlainTickedRows, TickedRows, tickedFormId } from "../exports/ticked-rows.tsx";
import { ListGrid } from "../list/list-grid.tsx";
import { type ListGridTerms, useListGrid } from "../list/use-list-grid.ts";
import type { Count } from "../search/read-page.server.ts";
import type { CustomerColumn } from "./customer-columns.ts";
import { customerListKind } from "./customer-list-kind.tsx";
import type { CustomerSort } from "./customer-search-table.ts";
import type { ListedCustomer } from "./list-customers.server.ts";
import { NoCustomers } from "./no-customers.tsx";

interface CustomerListProps
  extends Omit<ListGridTerms<ListedCustomer, CustomerSort, CustomerColumn>, "kind"> {
  count: Count;
  /** What stands above the rows while none is ticked. */
  toolbar: ReactNode;
}

const words = ["customer", "customers"] as const;

/** The customers as a grid: opened by their rows, ticked for a file of them. */
export function CustomerList({ count, toolbar, ...terms }: CustomerListProps) {
  const { address, columns } = terms;
  const grid = useListGrid({ kind: customerListKind, ...terms });
  const shown = { screen: "customers" as const, sort: `${address.sort}-${address.direction}`, columns };
  return (
    <>
      <noscript>
        <PlainTickedRows q={address.q} shown={shown} words={words} />
      </noscript>
      <ListGrid
        grid={grid}
        count={count}
        toolbar={toolbar}
        empty={<NoCustomers address={address} />}
        selection={{
          formId: tickedFormId("customers"),
          bar: (selection, { clear, selectAll }) => (
            <TickedRows
              {...{ selection, shown, count, words }}
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
