import type { CSSProperties, ReactNode } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import type { Count } from "../search/read-page.server.ts";
import { useShortcuts } from "../ui/use-shortcuts.ts";
import { GridHead, TickAll } from "./grid-head.tsx";
import { GridRow } from "./grid-row.tsx";
import { gridTemplate } from "./grid-template.ts";
import { ListEdge } from "./list-edge.tsx";
import type { ListRow } from "./list-kind.ts";
import { NewRowsPill } from "./new-rows-pill.tsx";
import { howMany, isSelected, nothingSelected, type Selection, toggle, toggleAll } from "./selection.ts";
import type { ListGridState } from "./use-list-grid.ts";

/** Rows that can be ticked, and what is done with them. */
export interface ListSelection {
  /** The form outside the grid that takes the ticked boxes, named `ids`, where no script runs. */
  formId: string;
  /** What stands in the toolbar's place while something is ticked. */
  bar(selection: Selection, act: { clear(): void; selectAll(): void }): ReactNode;
}

/** A row as its owner wants it shown just now. */
export interface ShownRow<Row> {
  /** The row with what is being saved in its place; the same object as long as that is the same. */
  row: Row;
  busy: boolean;
  /** Something in it, such as a message, reaches over the rows below. */
  raised: boolean;
}

interface ListGridProps<Row extends ListRow, Sort extends string, Column extends string> {
  grid: ListGridState<Row, Sort, Column>;
  /** How many rows the whole list has. */
  count: Count;
  /** What stands above the rows. */
  toolbar: ReactNode;
  /** What stands in the place of no rows. */
  empty: ReactNode;
  selection?: ListSelection;
  /** Without it rows are shown as they were read. */
  present?(row: Row): ShownRow<Row>;
  /** Opens a cell of the row that has the focus (F2). */
  editCell?(): void;
}

/**
 * A list as a grid that scrolls by itself and follows what happens (decision 0014). The server draws the first page
 * of it, and the first frame with a script is the same boxes; from then on only the rows in view are in the document.
 *
 * To show a list of things as such a grid:
 * - Describe it by one constant, a `ListKind` (list-kind.ts): words, path, sorts, columns with their cells, the card
 *   for narrow screens, and which rows a live event names. Rows have `id`, `sortKey` and `version` (or `readAt`).
 * - The screen's loader gives a `ListPage` (50 rows) and a count; its component calls `useListGrid` and draws this,
 *   inside `<Page fill>`, with `key={listKey}` on the component that does so.
 * - A route at `${path}/rows` answers with `ListPage` as JSON, or with `RowsById` when `parseRowsRequest`
 *   (list-rows.ts) finds ids in its address.
 * - What a cell needs beyond its row (an open editor, say) reaches it by a React context of the owner's.
 */
export function ListGrid<Row extends ListRow, Sort extends string, Column extends string>({
  grid,
  count,
  toolbar,
  empty,
  selection: ticking,
  present = (row) => ({ row, busy: false, raised: false }),
  editCell,
}: ListGridProps<Row, Sort, Column>) {
  const hydrated = useHydrated();
  const { list, viewport, selection, setSelection } = grid;
  const { kind, address, page, columns, listQuery } = grid.terms;
  const { rows } = list;
  const { template, minWidth } = gridTemplate(kind, columns);
  const active = rows.some(({ id }) => id === grid.active) ? grid.active : rows[viewport.indexes[0] ?? 0]?.id;
  useShortcuts("list", {
    ...(ticking && {
      toggle: () => grid.active !== null && setSelection((now) => toggle(now, grid.active ?? "")),
    }),
  });
  const bar =
    ticking && (selection.all || selection.ids.size > 0)
      ? ticking.bar(selection, {
          clear: () => setSelection(nothingSelected),
          selectAll: () => setSelection((now) => ({ ...now, all: true })),
        })
      : null;
  const style = {
    "--list-columns": template,
    "--list-width": minWidth,
    "--card-height": `${kind.card.rem}rem`,
  } as CSSProperties;
  return (
    <>
      <div className={`min-h-12 border-b border-line ${bar ? "" : "px-3 py-2"}`}>{bar ?? toolbar}</div>
      <div className="relative min-h-96 flex-1 overflow-hidden rounded-b-card max-md:min-h-[75dvh]">
        <NewRowsPill
          words={kind.words}
          count={list.held.length}
          onShow={grid.toTop}
          before={grid.edges.before}
          onRetry={() => void grid.loadMore("before", true)}
        />
        <div
          ref={grid.scroller}
          onScroll={grid.onScroll}
          data-list-scroller
          style={style}
          className="absolute inset-0 overflow-auto overscroll-y-contain [overflow-anchor:none] max-md:overflow-x-hidden"
        >
          <div
            role="grid"
            aria-label={kind.words.title}
            aria-rowcount={count.exact && !list.before ? Math.max(count.count, rows.length) + 1 : -1}
            aria-colcount={columns.length + (kind.end ? 2 : 1)}
            aria-multiselectable={ticking ? true : undefined}
            onKeyDown={(event) => grid.onKeyDown(event, editCell)}
            className="md:min-w-(--list-width)"
          >
            <GridHead
              kind={kind}
              address={address}
              columns={columns}
              tickAll={
                ticking && (
                  <TickAll
                    many={kind.words.many}
                    ticked={rows.length > 0 ? howMany(selection, rows) : "none"}
                    hydrated={hydrated}
                    onTick={() => setSelection((now) => toggleAll(now, rows))}
                  />
                )
              }
            />
            {rows.length > 0 && (
              <div
                role="rowgroup"
                className="relative"
                style={{ height: `calc(var(--row-height) * ${rows.length})` }}
              >
                {viewport.indexes.map((index) => {
                  const read = rows[index];
                  return (
                    read && (
                      <GridRow
                        key={read.id}
                        {...present(read)}
                        kind={kind}
                        index={index}
                        columns={columns}
                        listQuery={listQuery}
                        changed={list.changed.has(read.id)}
                        selected={isSelected(selection, read.id)}
                        active={read.id === active}
                        narrow={grid.narrow}
                        formId={ticking?.formId ?? null}
                        actions={grid.actions}
                      />
                    )
                  );
                })}
              </div>
            )}
          </div>
          {rows.length === 0 && !list.after && !list.before ? (
            empty
          ) : (
            <ListEdge
              kind={kind}
              address={address}
              page={page}
              hydrated={hydrated}
              more={list.after !== null}
              state={grid.edges.after}
              onRetry={() => void grid.loadMore("after", true)}
            />
          )}
        </div>
      </div>
    </>
  );
}
