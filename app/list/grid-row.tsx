import { memo } from "react";
import { AppLink } from "../ui/app-link.tsx";
import type { ListKind, ListRow, RowPlace } from "./list-kind.ts";
import { rowElementId } from "./use-row-focus.ts";

/** What rows tell the grid. It stays the same object, so that a row is drawn again only when it has changed. */
export interface RowActions {
  toggle(id: string, range: boolean): void;
  focused(id: string): void;
}

interface GridRowProps<Row extends ListRow, Sort extends string, Column extends string> {
  kind: ListKind<Row, Sort, Column>;
  row: Row;
  /** Its place among the loaded rows. */
  index: number;
  columns: readonly Column[];
  listQuery: string;
  busy: boolean;
  /** Something in it reaches over the rows below. */
  raised: boolean;
  changed: boolean;
  selected: boolean;
  /** Whether the Tab key leads here. */
  active: boolean;
  narrow: boolean | null;
  /** The form that takes the ticked rows where no script runs; null where rows are not ticked. */
  formId: string | null;
  actions: RowActions;
}

function Row<Row extends ListRow, Sort extends string, Column extends string>(
  props: GridRowProps<Row, Sort, Column>,
) {
  const { kind, row, index, columns, listQuery, busy, raised, changed, selected, active, narrow } = props;
  const { formId, actions } = props;
  // A grid has one stop for the Tab key; from there it leads through the controls of the row.
  const tabIndex = narrow === null || active ? undefined : -1;
  const place: RowPlace = { listQuery, tabIndex, busy, narrow };
  const name = kind.name.text(row);
  return (
    <div
      role="row"
      id={rowElementId(row.id)}
      aria-rowindex={index + 2}
      aria-selected={formId === null ? undefined : selected}
      aria-busy={busy || undefined}
      tabIndex={narrow === null ? undefined : active ? 0 : -1}
      onFocus={() => actions.focused(row.id)}
      style={{ transform: `translateY(calc(var(--row-height) * ${index}))` }}
      className={
        "group absolute inset-x-0 top-0 grid h-(--row-height) items-center border-b border-line bg-surface px-1 " +
        "hover:bg-surface-hover focus-visible:z-2 focus-visible:rounded-none focus-visible:outline-offset-[-2px] " +
        "aria-selected:bg-info aria-selected:text-on-info aria-selected:shadow-[inset_3px_0_0_var(--color-focus)] " +
        "max-md:grid-cols-[minmax(0,1fr)_auto] max-md:content-center max-md:gap-x-2 max-md:px-3 md:grid-cols-(--list-columns) " +
        `${raised ? "z-3" : ""} ${changed ? "animate-changed" : ""}`
      }
    >
      <div role="rowheader" aria-colindex={1} className="flex min-w-0 items-center gap-1 md:px-2">
        {formId !== null && <Tick id={row.id} name={name} {...{ selected, formId, actions, tabIndex }} />}
        {/* The link covers the row, so that a click anywhere opens its page. */}
        <AppLink
          to={`${kind.path}/${row.id}`}
          prefetch="intent"
          tabIndex={tabIndex}
          className="truncate py-0.5 font-semibold after:absolute after:inset-0 hover:underline"
        >
          {name}
        </AppLink>
        {kind.name.badges && (
          <span className="flex min-w-0 gap-1 overflow-hidden">{kind.name.badges(row)}</span>
        )}
      </div>
      {narrow !== true &&
        columns.map((column, at) => (
          <div
            key={column}
            role="gridcell"
            aria-colindex={at + 2}
            className={`min-w-0 px-2 max-md:hidden ${kind.columns[column].end ? "text-right" : ""}`}
          >
            {kind.columns[column].cell(row, place)}
          </div>
        ))}
      {kind.end && (
        <div
          role="gridcell"
          aria-colindex={columns.length + 2}
          className="bg-inherit text-right max-md:col-start-2 max-md:row-start-1 md:sticky md:right-0 md:z-1 md:px-2"
        >
          {kind.end.cell(row, place)}
        </div>
      )}
      {narrow !== false && (
        <div role="gridcell" className="col-span-2 min-w-0 md:hidden">
          {kind.card.cell(row, place)}
        </div>
      )}
    </div>
  );
}

export const GridRow = memo(Row) as typeof Row;

interface TickProps extends Pick<GridRowProps<ListRow, string, string>, "selected" | "actions"> {
  id: string;
  name: string;
  formId: string;
  tabIndex: number | undefined;
}

function Tick({ id, name, selected, formId, actions, tabIndex }: TickProps) {
  return (
    <label className="relative z-1 grid size-8 shrink-0 place-items-center md:-ml-2">
      <span className="sr-only">Select {name}</span>
      <input
        type="checkbox"
        name="ids"
        value={id}
        form={formId}
        tabIndex={tabIndex}
        className="size-4 accent-focus"
        checked={selected}
        onChange={({ nativeEvent }) =>
          actions.toggle(id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
        }
      />
    </label>
  );
}
