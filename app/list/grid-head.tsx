import { type ReactNode, useEffect, useRef } from "react";
import type { SearchAddress } from "../search/list-address.ts";
import type { Direction } from "../search/search-table.ts";
import { AppLink } from "../ui/app-link.tsx";
import { atTop } from "../ui/at-top.ts";
import type { ListKind, ListRow } from "./list-kind.ts";

interface GridHeadProps<Row extends ListRow, Sort extends string, Column extends string> {
  kind: ListKind<Row, Sort, Column>;
  address: SearchAddress<Sort, Column>;
  columns: readonly Column[];
  /** The box that ticks all rows, where rows are ticked. */
  tickAll: ReactNode;
}

/** The grid's head: what the columns are, and links that sort by them. */
export function GridHead<Row extends ListRow, Sort extends string, Column extends string>({
  kind,
  address,
  columns,
  tickAll,
}: GridHeadProps<Row, Sort, Column>) {
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
        <div
          role="columnheader"
          aria-colindex={1}
          aria-sort={sortedBy(address, kind.name.sort)}
          className="flex items-center gap-1 px-2"
        >
          {tickAll}
          <HeadText kind={kind} address={address} column={kind.name} />
        </div>
        {columns.map((column, place) => (
          <div
            key={column}
            role="columnheader"
            aria-colindex={place + 2}
            aria-sort={sortedBy(address, kind.columns[column].sort)}
            className={`min-w-0 truncate px-2 max-md:hidden ${kind.columns[column].end ? "text-right" : ""}`}
          >
            <HeadText kind={kind} address={address} column={kind.columns[column]} />
          </div>
        ))}
        {kind.end && (
          <div role="columnheader" aria-colindex={columns.length + 2} className="max-md:hidden">
            <span className="sr-only">{kind.end.head}</span>
          </div>
        )}
      </div>
    </div>
  );
}

function HeadText<Row extends ListRow, Sort extends string, Column extends string>({
  kind,
  address,
  column: { head, sort },
}: Pick<GridHeadProps<Row, Sort, Column>, "kind" | "address"> & { column: { head: string; sort?: Sort } }) {
  if (!sort) return head;
  const sorted = address.sort === sort ? address.direction : null;
  // Another order begins at its start.
  const page = { ...address, after: null, before: null, at: null };
  // Names go up first, dates and amounts down.
  const first = kind.sorts[sort].type === "text" ? "asc" : "desc";
  const direction: Direction = sorted ? (sorted === "asc" ? "desc" : "asc") : first;
  return (
    <AppLink
      to={kind.path + kind.listSearch({ ...page, sort, direction })}
      state={atTop}
      className="rounded-control py-1 hover:text-ink hover:underline aria-[current]:text-ink"
    >
      {head}
      {sorted && <span aria-hidden="true"> {sorted === "asc" ? "↑" : "↓"}</span>}
    </AppLink>
  );
}

function sortedBy<Sort extends string>(
  address: { sort: Sort; direction: Direction },
  sort: Sort | undefined,
): "ascending" | "descending" | undefined {
  if (sort === undefined || address.sort !== sort) return undefined;
  return address.direction === "asc" ? "ascending" : "descending";
}

interface TickAllProps {
  /** What is ticked, in the plural. */
  many: string;
  ticked: "none" | "some" | "all";
  hydrated: boolean;
  onTick(): void;
}

/** Ticks every loaded row; without a script it keeps its place and is not seen. */
export function TickAll({ many, ticked, hydrated, onTick }: TickAllProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = ticked === "some";
  }, [ticked]);
  return (
    <label className={`grid size-8 shrink-0 place-items-center md:-ml-2 ${hydrated ? "" : "invisible"}`}>
      <span className="sr-only">Select all loaded {many}</span>
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
