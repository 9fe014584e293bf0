import { createContext, type ReactNode, useContext } from "react";
import type { RowPlace } from "../list/list-kind.ts";
import { CellEditor, type CellEditorProps } from "./cell-editor.tsx";
import type { ListedOrder } from "./list-orders.server.ts";
import type { CellEdit, CellField } from "./use-cell-edits.ts";

/** The cells of the list that can be edited: which one is open, and how they open and close. */
export interface OpenCells extends Pick<CellEditorProps, "onSave" | "onClose"> {
  editing: CellEdit | null;
  open(orderId: string, field: CellField): void;
  /** Goes on to the cell that can be edited before or after this one, over the end of a row too. */
  tabFrom(orderId: string, field: CellField, by: -1 | 1): void;
}

export const OpenCellsContext = createContext<OpenCells | null>(null);

interface EditableCellProps extends Pick<RowPlace, "narrow" | "tabIndex"> {
  order: ListedOrder;
  field: CellField;
  /** At which side of the cell it stands. */
  side?: "left" | "right";
  children: ReactNode;
}

const names: Record<CellField, string> = { status: "status", trackingNumber: "tracking" };

/** A value that a click turns into its editor. Without a script it is the value alone. */
export function EditableCell({ order, field, side = "left", narrow, tabIndex, children }: EditableCellProps) {
  const cells = useContext(OpenCellsContext);
  const look =
    "relative z-1 -mx-1.5 flex h-8 w-fit min-w-0 max-w-[calc(100%+0.75rem)] items-center rounded-control px-1.5 text-left";
  if (narrow === null || !cells) return <span className={look}>{children}</span>;
  const { editing } = cells;
  if (editing?.order.id === order.id && editing.field === field) {
    return (
      <CellEditor
        edit={editing}
        side={side}
        onSave={cells.onSave}
        onClose={cells.onClose}
        onTab={(by) => cells.tabFrom(order.id, field, by)}
      />
    );
  }
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      onClick={() => cells.open(order.id, field)}
      data-cell={field}
      className={`${look} hover:bg-neutral focus-visible:rounded-control`}
    >
      {children}
      <span className="sr-only">
        , edit {names[field]} of {order.name}
      </span>
    </button>
  );
}
