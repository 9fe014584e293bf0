import { useNavigate } from "@remix-run/react";
import { type ReactNode, useEffect, useState } from "react";
import { ListGrid } from "../list/list-grid.tsx";
import type { ListPage } from "../list/list-kind.ts";
import { useListGrid } from "../list/use-list-grid.ts";
import type { Count } from "../search/read-page.server.ts";
import { useShortcuts } from "../ui/use-shortcuts.ts";
import { CellSaving } from "./cell-save.tsx";
import { OpenCellsContext } from "./editable-cell.tsx";
import type { ListAddress } from "./list-address.ts";
import type { ListedOrder } from "./list-orders.server.ts";
import { NoOrders } from "./no-orders.tsx";
import type { OrderColumn } from "./order-columns.ts";
import { orderListKind } from "./order-list-kind.tsx";
import type { SelectionBar } from "./selection-bar.ts";
import { useCellEdits, withPreviews } from "./use-cell-edits.ts";
import { useOpenCells } from "./use-open-cells.ts";
import { usePendingEdit } from "./use-pending-edit.ts";

interface OrderTableProps {
  /** Names the list, whatever columns it is shown with. */
  listKey: string;
  address: ListAddress;
  page: ListPage<ListedOrder>;
  count: Count;
  columns: readonly OrderColumn[];
  listQuery: string;
  /** What stands above the rows while none is ticked. */
  toolbar: ReactNode;
  /** What stands there instead for the ticked ones. */
  selectionBar: SelectionBar;
}

/** The orders as a grid: ticked for bulk actions, edited in their cells, opened by their rows. */
export function OrderTable({ count, toolbar, selectionBar, ...terms }: OrderTableProps) {
  const { address, columns, listQuery } = terms;
  const navigate = useNavigate();
  const grid = useListGrid({ kind: orderListKind, ...terms });
  const [said, say] = useState("");
  const edits = useCellEdits({ listQuery, onSaved: (orderId) => grid.refresh([orderId]), say });
  const { cells, openFirst } = useOpenCells({ grid, columns, edits });
  const pending = usePendingEdit();
  const { rows } = grid.list;
  const { settle } = edits;
  useEffect(() => settle(rows), [rows, settle]);
  useShortcuts("list", {
    edit() {
      const order = grid.current();
      if (order) navigate(`/app/orders/${order.id}/edit${listQuery}`, { preventScrollReset: true });
    },
  });
  return (
    <OpenCellsContext.Provider value={cells}>
      <noscript>{selectionBar.plain}</noscript>
      <ListGrid
        grid={grid}
        count={count}
        toolbar={toolbar}
        empty={<NoOrders address={address} />}
        selection={{
          formId: selectionBar.formId,
          bar: ({ ids, all }, { clear, selectAll }) =>
            selectionBar.over({
              selection: { ids: [...ids], all },
              onClear: clear,
              onSelectAll: selectAll,
            }),
        }}
        present={(order) => {
          const saves = edits.previews.get(order.id);
          const own = pending?.orderId === order.id ? pending : null;
          const previewed = withPreviews(order, saves);
          return {
            row: own ? withPending(previewed, own) : previewed,
            busy: own !== null || Boolean(saves?.some(({ savedAs }) => savedAs === null)),
            raised: edits.editing?.order.id === order.id,
          };
        }}
        editCell={openFirst}
      />
      <p role="status" className="sr-only">
        {said}
      </p>
      {edits.saves.map((save) => (
        <CellSaving key={save.key} save={save} listQuery={listQuery} onAnswer={edits.answered} />
      ))}
    </OpenCellsContext.Provider>
  );
}

/** An order with what the edit dialog is saving. */
function withPending(
  order: ListedOrder,
  { status, trackingCompany, trackingNumber }: NonNullable<ReturnType<typeof usePendingEdit>>,
): ListedOrder {
  return { ...order, ...(status && { status }), trackingCompany, trackingNumber };
}
