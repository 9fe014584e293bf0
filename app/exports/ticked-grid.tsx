import type { ReactNode } from "react";
import { ListGrid } from "../list/list-grid.tsx";
import type { ListRow } from "../list/list-kind.ts";
import { type ListGridTerms, useListGrid } from "../list/use-list-grid.ts";
import type { Count } from "../search/read-page.server.ts";
import type { ListScreen } from "./export-format.ts";
import { PlainTickedRows, TickedRows, tickedFormId } from "./ticked-rows.tsx";

interface TickedGridProps<Row extends ListRow, Sort extends string, Column extends string>
  extends ListGridTerms<Row, Sort, Column> {
  screen: ListScreen;
  count: Count;
  /** What stands above the rows while none is ticked. */
  toolbar: ReactNode;
  /** What stands in the place of no rows. */
  empty: ReactNode;
  /** What can be done with ticked rows beside a file of them, as submit buttons. */
  buttons?: ReactNode;
}

/** A list as a grid whose rows are opened, and ticked for a file of them. */
export function TickedGrid<Row extends ListRow, Sort extends string, Column extends string>({
  screen,
  count,
  toolbar,
  empty,
  buttons,
  ...terms
}: TickedGridProps<Row, Sort, Column>) {
  const { kind, address, columns } = terms;
  const grid = useListGrid(terms);
  const words = [kind.words.one, kind.words.many] as const;
  const shown = { screen, sort: `${address.sort}-${address.direction}`, columns };
  return (
    <>
      <noscript>
        <PlainTickedRows q={address.q} shown={shown} words={words}>
          {buttons}
        </PlainTickedRows>
      </noscript>
      <ListGrid
        grid={grid}
        count={count}
        toolbar={toolbar}
        empty={empty}
        selection={{
          formId: tickedFormId(screen),
          bar: (selection, { clear, selectAll }) => (
            <TickedRows
              {...{ selection, shown, count, words }}
              q={address.q}
              onClear={clear}
              onSelectAll={selectAll}
            >
              {buttons}
            </TickedRows>
          ),
        }}
      />
    </>
  );
}
