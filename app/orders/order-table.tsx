import type { CSSProperties, ReactNode } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import type { Count } from "../search/read-page.server.ts";
import { CellSaving } from "./cell-save.tsx";
import type { ListAddress } from "./list-address.ts";
import { gridOf } from "./list-columns.ts";
import type { OrderPage } from "./list-orders.server.ts";
import { NewOrdersPill } from "./new-orders-pill.tsx";
import { NoOrders } from "./no-orders.tsx";
import type { OrderColumn } from "./order-columns.ts";
import { OrderListEdge } from "./order-list-edge.tsx";
import { OrderListHead } from "./order-list-head.tsx";
import { OrderRow } from "./order-row.tsx";
import { howMany, isSelected, nothingSelected, toggleAll } from "./selection.ts";
import type { SelectionBar } from "./selection-bar.ts";
import { withPreviews } from "./use-cell-edits.ts";
import { useOrderGrid } from "./use-order-grid.ts";
import { usePendingEdit } from "./use-pending-edit.ts";

interface OrderTableProps {
  listKey: string;
  address: ListAddress;
  page: OrderPage;
  count: Count;
  columns: readonly OrderColumn[];
  listQuery: string;
  /** What stands above the rows while none is ticked. */
  toolbar: ReactNode;
  /** What stands there instead for the ticked ones. */
  selectionBar: SelectionBar;
}

/**
 * The orders as a grid that scrolls by itself. The server draws the first page of it, and the first frame with a
 * script is the same boxes; from then on only the rows in view are in the document.
 */
export function OrderTable({ toolbar, selectionBar, ...props }: OrderTableProps) {
  const { listKey, address, page, count, columns, listQuery } = props;
  const hydrated = useHydrated();
  const grid = useOrderGrid({ listKey, address, page, columns, listQuery });
  const { list, viewport, selection, setSelection, edits, narrow } = grid;
  const { template, minWidth } = gridOf(columns);
  const pending = usePendingEdit();
  const { rows } = list;
  const ticked = rows.length > 0 ? howMany(selection, rows) : "none";
  const active = rows.some(({ id }) => id === grid.active) ? grid.active : rows[viewport.indexes[0] ?? 0]?.id;
  return (
    <>
      <noscript>{selectionBar.plain}</noscript>
      {!selection.all && selection.ids.size === 0 ? (
        <div className="min-h-12 border-b border-line px-3 py-2">{toolbar}</div>
      ) : (
        <div className="min-h-12 border-b border-line">
          {selectionBar.over({
            selection: { ids: [...selection.ids], all: selection.all },
            onClear: () => setSelection(nothingSelected),
            onSelectAll: () => setSelection((now) => ({ ...now, all: true })),
          })}
        </div>
      )}
      <div className="relative min-h-96 flex-1 overflow-hidden rounded-b-card max-md:min-h-[75dvh]">
        <NewOrdersPill
          count={list.held.length}
          onShow={grid.toTop}
          before={grid.edges.before}
          onRetry={() => void grid.loadMore("before", true)}
        />
        <div
          ref={grid.scroller}
          onScroll={grid.onScroll}
          data-list-scroller
          className="absolute inset-0 overflow-auto overscroll-y-contain [overflow-anchor:none] max-md:overflow-x-hidden"
        >
          <div
            role="grid"
            aria-label="Orders"
            aria-rowcount={count.exact && !list.before ? Math.max(count.count, rows.length) + 1 : -1}
            aria-colcount={columns.length + 2}
            aria-multiselectable="true"
            onKeyDown={grid.onKeyDown}
            className="md:min-w-(--list-width)"
            style={{ "--list-columns": template, "--list-width": minWidth } as CSSProperties}
          >
            <OrderListHead
              address={address}
              columns={columns}
              ticked={ticked}
              hydrated={hydrated}
              onTick={() => setSelection((now) => toggleAll(now, rows))}
            />
            {rows.length > 0 && (
              <div
                role="rowgroup"
                className="relative"
                style={{ height: `calc(var(--row-height) * ${rows.length})` }}
              >
                {viewport.indexes.map((index) => {
                  const row = rows[index];
                  if (!row) return null;
                  const saves = edits.previews.get(row.id);
                  const own = pending?.orderId === row.id ? pending : null;
                  return (
                    <OrderRow
                      key={row.id}
                      order={own ? withPending(withPreviews(row, saves), own) : withPreviews(row, saves)}
                      read={row}
                      index={index}
                      columns={columns}
                      listQuery={listQuery}
                      saving={own !== null || Boolean(saves?.some(({ savedAs }) => savedAs === null))}
                      changed={list.changed.has(row.id)}
                      selected={isSelected(selection, row.id)}
                      active={row.id === active}
                      edit={edits.editing?.orderId === row.id ? edits.editing : null}
                      narrow={narrow}
                      formId={selectionBar.formId}
                      actions={grid.actions}
                    />
                  );
                })}
              </div>
            )}
          </div>
          {rows.length === 0 && !list.after && !list.before ? (
            <NoOrders address={address} />
          ) : (
            <OrderListEdge
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
      <p role="status" className="sr-only">
        {grid.said}
      </p>
      {edits.saves.map((save) => (
        <CellSaving key={save.key} save={save} listQuery={listQuery} onAnswer={edits.answered} />
      ))}
    </>
  );
}

/** An order with what the edit dialog is saving. */
function withPending<Order extends OrderPage["orders"][number]>(
  order: Order,
  { status, trackingCompany, trackingNumber }: NonNullable<ReturnType<typeof usePendingEdit>>,
): Order {
  return { ...order, ...(status && { status }), trackingCompany, trackingNumber };
}
