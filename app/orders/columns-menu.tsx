import { Form, useSubmit } from "@remix-run/react";
import { useState } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { AppLink } from "../ui/app-link.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { type ListAddress, listSearch } from "./list-address.ts";
import { ListAddressInputs } from "./list-address-inputs.tsx";
import { allColumns, moveColumn } from "./list-columns.ts";
import { type OrderColumn, orderColumns } from "./order-columns.ts";

interface ColumnsMenuProps {
  address: ListAddress;
  columns: readonly OrderColumn[];
}

/** Which columns the list has, and in which order. The address remembers both. */
export function ColumnsMenu({ address, columns }: ColumnsMenuProps) {
  const hydrated = useHydrated();
  const [open, setOpen] = useState(false);
  return (
    <details
      className="relative max-md:hidden"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.currentTarget.open = false;
        event.currentTarget.querySelector("summary")?.focus();
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (relatedTarget && !currentTarget.contains(relatedTarget)) currentTarget.open = false;
      }}
    >
      <summary className={buttonClass("secondary", "list-none")}>Columns</summary>
      {(open || !hydrated) && <ColumnsForm address={address} columns={columns} hydrated={hydrated} />}
    </details>
  );
}

function ColumnsForm({ address, columns, hydrated }: ColumnsMenuProps & { hydrated: boolean }) {
  const submit = useSubmit();
  return (
    <Form
      method="get"
      action="/app/orders"
      replace
      preventScrollReset
      onChange={({ currentTarget }) => submit(currentTarget, { replace: true, preventScrollReset: true })}
      className="absolute top-full right-0 z-6 mt-1 grid w-64 gap-2 rounded-card bg-surface p-3 shadow-raised"
    >
      <ListAddressInputs address={{ ...address, columns: null }} />
      <p className="text-small text-ink-subtle">The order's name always comes first.</p>
      <ul className="grid max-h-80 overflow-y-auto">
        {allColumns(columns).map((column) => (
          <li key={column} className="flex min-h-8 items-center gap-1">
            <label className="flex min-h-8 flex-1 items-center gap-2">
              <input
                // Another address says anew what is ticked.
                key={String(columns.includes(column))}
                type="checkbox"
                name="columns"
                value={column}
                defaultChecked={columns.includes(column)}
                className="size-4 accent-focus"
              />
              {orderColumns[column]}
              <span className="sr-only"> column</span>
            </label>
            <Step {...{ address, columns, column }} by={-1} />
            <Step {...{ address, columns, column }} by={1} />
          </li>
        ))}
      </ul>
      <div className="flex items-center justify-between gap-2">
        {!hydrated && (
          <Button type="submit" variant="primary">
            Show these
          </Button>
        )}
        <AppLink
          to={`/app/orders${listSearch({ ...address, columns: null })}`}
          preventScrollReset
          className="py-1 text-small font-medium text-link hover:underline"
        >
          Usual columns
        </AppLink>
      </div>
    </Form>
  );
}

function Step({ address, columns, column, by }: ColumnsMenuProps & { column: OrderColumn; by: -1 | 1 }) {
  const moved = moveColumn(columns, column, by);
  const shape = "grid size-7 place-items-center rounded-control";
  if (!moved) return <span className={shape} />;
  return (
    <AppLink
      to={`/app/orders${listSearch({ ...address, columns: moved })}`}
      replace
      preventScrollReset
      aria-label={`Move ${orderColumns[column]} ${by < 0 ? "to the left" : "to the right"}`}
      className={`${shape} hover:bg-surface-hover`}
    >
      <span aria-hidden="true">{by < 0 ? "↑" : "↓"}</span>
    </AppLink>
  );
}
