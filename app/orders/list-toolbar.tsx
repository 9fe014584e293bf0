import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import type { CurrencyTotal } from "../money.ts";
import { ColumnsMenu } from "../search/columns-menu.tsx";
import { formatCount } from "../search/format-count.ts";
import type { Count } from "../search/read-page.server.ts";
import { Button } from "../ui/button.tsx";
import { Money } from "../ui/money.tsx";
import { firstPage, type ListAddress, listSearch } from "./list-address.ts";
import { ListAddressInputs } from "./list-address-inputs.tsx";
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
      <JumpToDate address={address} />
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

/** Begins the list with a day's orders. They stand by date then, whatever they stood by before. */
function JumpToDate({ address }: { address: ListAddress }) {
  const byDate = address.sort === "created" ? address : { ...address, ...newestFirst };
  return (
    <Form method="get" action="/app/orders" className="flex items-center gap-2">
      <ListAddressInputs address={{ ...byDate, at: null, after: null, before: null }} />
      <label className="flex items-center gap-2 text-small text-ink-subtle">
        <span className="max-sm:sr-only">Jump to</span>
        <input
          key={address.at}
          type="date"
          name="at"
          defaultValue={address.at ?? ""}
          aria-label="Jump to date"
          required
          className="min-h-8 rounded-control border border-line-strong bg-surface px-2 text-small text-ink"
        />
      </label>
      <Button type="submit">Go</Button>
    </Form>
  );
}

const newestFirst = { sort: firstPage.sort, direction: firstPage.direction };
