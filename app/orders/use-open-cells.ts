import { useMemo, useRef } from "react";
import { useBrowserLayoutEffect } from "../list/use-list-viewport.ts";
import { rowElementId } from "../list/use-row-focus.ts";
import type { OpenCells } from "./editable-cell.tsx";
import type { ListedOrder } from "./list-orders.server.ts";
import type { OrderColumn } from "./order-columns.ts";
import type { CellEdit, CellField, useCellEdits } from "./use-cell-edits.ts";

const editable: Partial<Record<OrderColumn, CellField>> = { status: "status", tracking: "trackingNumber" };

/** Those of a card, in its own order. */
const cardFields: readonly CellField[] = ["trackingNumber", "status"];

interface UseOpenCells {
  grid: {
    list: { rows: readonly ListedOrder[] };
    narrow: boolean | null;
    current(): ListedOrder | null;
    focusAt(index: number): void;
  };
  columns: readonly OrderColumn[];
  edits: ReturnType<typeof useCellEdits>;
}

/**
 * Opens the cells of the grid, and leads from one to the next.
 * @returns what the cells are told, which stays the same object until another cell opens, and `openFirst` for the key
 */
export function useOpenCells({ grid, columns, edits }: UseOpenCells): {
  cells: OpenCells;
  openFirst(): void;
} {
  const fields = grid.narrow ? cardFields : columns.flatMap((column) => editable[column] ?? []);
  const { editing } = edits;
  // Two saves of one cell at once would conflict with each other.
  const isSaving = (orderId: string, field: CellField) =>
    edits.previews.get(orderId)?.some((save) => save.field === field) ?? false;
  const handlers: Omit<OpenCells, "editing"> = {
    open(orderId, field) {
      if (isSaving(orderId, field)) return;
      const order = grid.list.rows.find(({ id }) => id === orderId);
      if (order) edits.open(order, field);
    },
    tabFrom(orderId, field, by) {
      const { rows } = grid.list;
      const index = rows.findIndex(({ id }) => id === orderId);
      const [row, neighbour] = [rows[index], fields[fields.indexOf(field) + by]];
      if (row && neighbour)
        return isSaving(row.id, neighbour) ? grid.focusAt(index) : edits.open(row, neighbour);
      const [next, first] = [rows[index + by], by > 0 ? fields[0] : fields.at(-1)];
      if (!next || !first) return;
      grid.focusAt(index + by);
      if (!isSaving(next.id, first)) edits.open(next, first);
    },
    onSave: edits.save,
    onClose: edits.close,
  };
  const newest = useRef(handlers);
  useBrowserLayoutEffect(() => {
    newest.current = handlers;
  });
  const cells = useMemo<OpenCells>(
    () => ({
      editing,
      open: (...given) => newest.current.open(...given),
      tabFrom: (...given) => newest.current.tabFrom(...given),
      onSave: (...given) => newest.current.onSave(...given),
      onClose: () => newest.current.onClose(),
    }),
    [editing],
  );
  useFocusAfterCell(editing);
  return {
    cells,
    openFirst() {
      const [row, field] = [grid.current(), fields[0]];
      if (row && field) handlers.open(row.id, field);
    },
  };
}

/** A cell that closes gives the focus back to what opened it, unless it has gone elsewhere. */
function useFocusAfterCell(editing: CellEdit | null): void {
  const before = useRef(editing);
  useBrowserLayoutEffect(() => {
    const closed = before.current;
    before.current = editing;
    if (!closed || editing || document.activeElement !== document.body) return;
    const row = document.getElementById(rowElementId(closed.order.id));
    const cell = row?.querySelector<HTMLElement>(`[data-cell="${closed.field}"]`);
    cell?.focus({ preventScroll: true });
  }, [editing]);
}
