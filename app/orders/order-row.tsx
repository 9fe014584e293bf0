import { memo, type ReactNode } from "react";
import { AppLink } from "../ui/app-link.tsx";
import { buttonClass } from "../ui/button.tsx";
import { CellEditor, type CellEditorProps } from "./cell-editor.tsx";
import { columnLayouts } from "./list-columns.ts";
import type { ListedOrder } from "./list-orders.server.ts";
import { OrderCard } from "./order-card.tsx";
import { OrderCell } from "./order-cells.tsx";
import { type OrderColumn, orderColumns } from "./order-columns.ts";
import { OrderFlags } from "./status-badge.tsx";
import type { CellEdit, CellField } from "./use-cell-edits.ts";

/** What rows tell the table. It stays the same object, so that a row is drawn again only when it has changed. */
export interface RowActions extends Pick<CellEditorProps, "onSave" | "onClose"> {
  toggle(id: string, range: boolean): void;
  openCell(order: ListedOrder, field: CellField): void;
  tabFrom(order: ListedOrder, field: CellField, by: -1 | 1): void;
  focused(id: string): void;
}

export interface OrderRowProps {
  /** What is shown: the order with what is being saved. */
  order: ListedOrder;
  /** The order as it was read, for an edit to start from. */
  read: ListedOrder;
  /** Its place among the loaded rows. */
  index: number;
  columns: readonly OrderColumn[];
  /** The list's own query, for the dialog to come back to. */
  listQuery: string;
  saving: boolean;
  changed: boolean;
  selected: boolean;
  /** Whether the Tab key leads here. */
  active: boolean;
  edit: CellEdit | null;
  /** Null where nobody knows yet: then both the columns and the card are there, and the style sheet chooses. */
  narrow: boolean | null;
  /** The form that takes the ticked orders where no script runs. */
  formId: string;
  actions: RowActions;
}

const editable: Partial<Record<OrderColumn, CellField>> = { status: "status", tracking: "trackingNumber" };

export const editableColumns = (columns: readonly OrderColumn[]): CellField[] =>
  columns.flatMap((column) => editable[column] ?? []);

export const OrderRow = memo(function OrderRow(props: OrderRowProps) {
  const { order, index, columns, listQuery, saving, changed, selected, active, edit, narrow, actions } =
    props;
  // A grid has one stop for the Tab key; from there it leads through the controls of the row.
  const tabIndex = narrow === null || active ? undefined : -1;
  return (
    <div
      role="row"
      id={`order-${order.id}`}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={saving || undefined}
      tabIndex={narrow === null ? undefined : active ? 0 : -1}
      onFocus={() => actions.focused(order.id)}
      style={{ transform: `translateY(calc(var(--row-height) * ${index}))` }}
      className={
        "group absolute inset-x-0 top-0 grid h-(--row-height) items-center border-b border-line bg-surface px-1 " +
        "hover:bg-surface-hover focus-visible:z-2 focus-visible:rounded-none focus-visible:outline-offset-[-2px] " +
        "aria-selected:bg-info aria-selected:text-on-info aria-selected:shadow-[inset_3px_0_0_var(--color-focus)] " +
        "max-md:grid-cols-[minmax(0,1fr)_auto] max-md:content-center max-md:gap-x-2 max-md:px-3 md:grid-cols-(--list-columns) " +
        `${edit ? "z-3" : ""} ${changed ? "animate-changed" : ""}`
      }
    >
      <div role="rowheader" aria-colindex={1} className="flex min-w-0 items-center gap-1 md:px-2">
        <Tick {...props} tabIndex={tabIndex} />
        {/* The link covers the row, so that a click anywhere opens the order. */}
        <AppLink
          to={`/app/orders/${order.id}`}
          prefetch="intent"
          tabIndex={tabIndex}
          className="truncate py-0.5 font-semibold after:absolute after:inset-0 hover:underline"
        >
          {order.name}
        </AppLink>
        <span className="flex min-w-0 gap-1 overflow-hidden">
          <OrderFlags {...order} />
        </span>
      </div>
      {narrow !== true &&
        columns.map((column, place) => (
          <div
            key={column}
            role="gridcell"
            aria-colindex={place + 2}
            className={`min-w-0 px-2 max-md:hidden ${columnLayouts[column].end ? "text-right" : ""}`}
          >
            <EditableCell {...props} column={column} tabIndex={tabIndex} />
          </div>
        ))}
      <div
        role="gridcell"
        aria-colindex={columns.length + 2}
        className="bg-inherit text-right max-md:col-start-2 max-md:row-start-1 md:sticky md:right-0 md:z-1 md:px-2"
      >
        {/* "Saving…" takes the link's own place, so that no column moves. */}
        <span className="relative z-1 inline-block">
          <AppLink
            to={`/app/orders/${order.id}/edit${listQuery}`}
            preventScrollReset
            tabIndex={tabIndex}
            className={buttonClass("secondary", `min-h-7! py-0.5! ${saving ? "invisible" : ""}`)}
          >
            Edit<span className="sr-only"> {order.name}</span>
          </AppLink>
          {saving && (
            <span className="absolute inset-0 grid place-items-center text-small text-ink-subtle">
              Saving…
            </span>
          )}
        </span>
      </div>
      {narrow !== false && <OrderCard order={order} />}
    </div>
  );
});

function Tick({
  order,
  selected,
  formId,
  actions,
  tabIndex,
}: OrderRowProps & { tabIndex: number | undefined }) {
  return (
    <label className="relative z-1 grid size-8 shrink-0 place-items-center md:-ml-2">
      <span className="sr-only">Select {order.name}</span>
      <input
        type="checkbox"
        name="ids"
        value={order.id}
        form={formId}
        tabIndex={tabIndex}
        className="size-4 accent-focus"
        checked={selected}
        onChange={({ nativeEvent }) =>
          actions.toggle(order.id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
        }
      />
    </label>
  );
}

function EditableCell({
  order,
  read,
  column,
  edit,
  narrow,
  actions,
  tabIndex,
}: OrderRowProps & { column: OrderColumn; tabIndex: number | undefined }): ReactNode {
  const field = editable[column];
  const content = <OrderCell order={order} column={column} />;
  if (!field) return content;
  if (edit?.field === field) {
    return (
      <CellEditor
        order={read}
        edit={edit}
        onSave={actions.onSave}
        onClose={actions.onClose}
        onTab={(by) => actions.tabFrom(order, field, by)}
      />
    );
  }
  const look = "relative z-1 -mx-1.5 flex h-8 min-w-0 items-center rounded-control px-1.5 text-left";
  if (narrow === null) return <span className={`${look} w-fit max-w-[calc(100%+0.75rem)]`}>{content}</span>;
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      onClick={() => actions.openCell(order, field)}
      data-cell={field}
      className={`${look} w-fit max-w-[calc(100%+0.75rem)] hover:bg-neutral focus-visible:rounded-control`}
    >
      {content}
      <span className="sr-only">
        , edit {orderColumns[column].toLowerCase()} of {order.name}
      </span>
    </button>
  );
}
