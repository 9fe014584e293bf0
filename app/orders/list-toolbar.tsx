import type { ReactNode } from "react";
import type { CurrencyTotal } from "../money.ts";
import { ColumnsMenu } from "../search/columns-menu.tsx";
import { formatCount } from "../search/format-count.ts";
import { JumpToDate } from "../search/jump-to-date.tsx";
import type { Count } from "../search/read-page.server.ts";
import { Money } from "../ui/money.tsx";
import { firstPage, type ListAddress, listSearch } from "./list-address.ts";
import { type OrderColumn, orderColumns } from "./order-columns.ts";

interface ListToolbarProps {
  address: ListAddress;
  count: Count;
  /** What its orders come to; null when they are too many to add up at once. */
  sum: CurrencyTotal[] | null;
  columns: readonly OrderColumn[];
  /** What else can be done with the whole list. */
  children?: ReactNode;
}

/** How many orders the list has, and how it is looked at. */
export function ListToolbar({ address, count, sum, columns, children }: ListToolbarProps) {
  const byDate = address.sort === "created" ? address : { ...address, ...newestFirst };
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2">
      <p className="flex min-w-0 grow basis-64 flex-wrap gap-x-2 font-medium tabular-nums">
        <span>{formatCount(count, "order", "orders")}</span>
        {sum?.map(({ currency, totalMinor }) => (
          <span key={currency} className="font-normal text-ink-subtle">
            <Money minor={totalMinor} currency={currency} />
          </span>
        ))}
      </p>
      <JumpToDate
        action="/app/orders"
        search={listSearch({ ...byDate, at: null, after: null, before: null })}
        at={address.at}
      />
      <ColumnsMenu
        action="/app/orders"
        search={listSearch({ ...address, columns: null })}
        names={orderColumns}
        columns={columns}
        first="The order's name"
      />
      {children}
    </div>
  );
}

const newestFirst = { sort: firstPage.sort, direction: firstPage.direction };
