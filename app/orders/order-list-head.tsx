import { useEffect, useRef } from "react";
import { AppLink } from "../ui/app-link.tsx";
import { atTop } from "../ui/at-top.ts";
import { type ListAddress, listSearch } from "./list-address.ts";
import { columnLayouts } from "./list-columns.ts";
import { type OrderColumn, orderColumns } from "./order-columns.ts";

interface OrderListHeadProps {
  address: ListAddress;
  columns: readonly OrderColumn[];
  ticked: "none" | "some" | "all";
  hydrated: boolean;
  onTick(): void;
}

/** The grid's head: what the columns are, and links that sort by them. */
export function OrderListHead({ address, columns, ticked, hydrated, onTick }: OrderListHeadProps) {
  return (
    <div
      role="rowgroup"
      className="sticky top-0 z-4 border-b border-line bg-surface-subtle text-small font-medium text-ink-subtle"
    >
      <div
        role="row"
        aria-rowindex={1}
        className="grid h-9 items-center px-1 max-md:flex md:grid-cols-(--list-columns)"
      >
        <div role="columnheader" aria-colindex={1} className="flex items-center gap-1 px-2">
          <TickAll ticked={ticked} hydrated={hydrated} onTick={onTick} />
          Order
        </div>
        {columns.map((column, place) => (
          <ColumnHead key={column} {...{ address, column, place }} />
        ))}
        <div role="columnheader" aria-colindex={columns.length + 2} className="max-md:hidden">
          <span className="sr-only">Edit</span>
        </div>
      </div>
    </div>
  );
}

function ColumnHead({
  address,
  column,
  place,
}: {
  address: ListAddress;
  column: OrderColumn;
  place: number;
}) {
  const { sort, end } = columnLayouts[column];
  const sorted = sort !== undefined && address.sort === sort ? address.direction : null;
  return (
    <div
      role="columnheader"
      aria-colindex={place + 2}
      aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : undefined}
      className={`min-w-0 truncate px-2 max-md:hidden ${end ? "text-right" : ""}`}
    >
      {sort ? (
        <AppLink
          to={`/app/orders${listSearch({ ...address, sort, direction: nextDirection(sort, sorted), ...noPlace })}`}
          state={atTop}
          className="rounded-control py-1 hover:text-ink hover:underline aria-[current]:text-ink"
        >
          {orderColumns[column]}
          {sorted && <span aria-hidden="true"> {sorted === "asc" ? "↑" : "↓"}</span>}
        </AppLink>
      ) : (
        orderColumns[column]
      )}
    </div>
  );
}

/** Another order begins at its start. */
const noPlace = { after: null, before: null, at: null };

/** Names go up first, dates and amounts down. */
function nextDirection(sort: ListAddress["sort"], sorted: ListAddress["direction"] | null) {
  if (sorted) return sorted === "asc" ? "desc" : "asc";
  return sort === "customer" ? "asc" : "desc";
}

function TickAll({ ticked, hydrated, onTick }: Pick<OrderListHeadProps, "ticked" | "hydrated" | "onTick">) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = ticked === "some";
  }, [ticked]);
  return (
    <label className={`grid size-8 shrink-0 place-items-center md:-ml-2 ${hydrated ? "" : "invisible"}`}>
      <span className="sr-only">Select all loaded orders</span>
      <input
        ref={box}
        type="checkbox"
        checked={ticked === "all"}
        onChange={onTick}
        className="size-4 accent-focus"
      />
    </label>
  );
}
