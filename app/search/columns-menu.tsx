import { Form, useSubmit } from "@remix-run/react";
import { useState } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { AppLink } from "../ui/app-link.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { PlainSession } from "../ui/plain-session.tsx";
import { moveColumn } from "./move-column.ts";

interface ColumnsMenuProps {
  /** The list's address without its query. */
  action: string;
  /** The rest of its address, without the columns. */
  search: string;
  /** What each column is called, in their usual order. */
  names: Record<string, string>;
  /** Those that are shown, in their order. */
  columns: readonly string[];
  /** What always comes first. */
  first: string;
}

/** The list's address with other columns; null for the usual ones. */
function columnsHref({ action, search }: ColumnsMenuProps, columns: readonly string[] | null): string {
  const params = new URLSearchParams(search);
  if (columns) params.set("columns", columns.join(","));
  return params.size > 0 ? `${action}?${params}` : action;
}

/** Which columns the list has, and in which order. The address remembers both. */
export function ColumnsMenu(props: ColumnsMenuProps) {
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
      {(open || !hydrated) && <ColumnsForm list={props} hydrated={hydrated} />}
    </details>
  );
}

function ColumnsForm({ list, hydrated }: { list: ColumnsMenuProps; hydrated: boolean }) {
  const { action, search, names, columns, first } = list;
  const submit = useSubmit();
  return (
    <Form
      method="get"
      action={action}
      replace
      preventScrollReset
      onChange={({ currentTarget }) => submit(currentTarget, { replace: true, preventScrollReset: true })}
      className="absolute top-full right-0 z-6 mt-1 grid w-64 gap-2 rounded-card bg-surface p-3 shadow-raised"
    >
      {[...new URLSearchParams(search)].map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <PlainSession />
      <p className="text-small text-ink-subtle">{first} always comes first.</p>
      <ul className="grid max-h-80 overflow-y-auto">
        {[...new Set([...columns, ...Object.keys(names)])].map((column) => (
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
              {names[column]}
              <span className="sr-only"> column</span>
            </label>
            <Step list={list} column={column} by={-1} />
            <Step list={list} column={column} by={1} />
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
          to={columnsHref(list, null)}
          preventScrollReset
          className="py-1 text-small font-medium text-link hover:underline"
        >
          Usual columns
        </AppLink>
      </div>
    </Form>
  );
}

function Step({ list, column, by }: { list: ColumnsMenuProps; column: string; by: -1 | 1 }) {
  const moved = moveColumn(list.columns, column, by);
  const shape = "grid size-7 place-items-center rounded-control";
  if (!moved) return <span className={shape} />;
  return (
    <AppLink
      to={columnsHref(list, moved)}
      replace
      preventScrollReset
      aria-label={`Move ${list.names[column]} ${by < 0 ? "to the left" : "to the right"}`}
      className={`${shape} hover:bg-surface-hover`}
    >
      <span aria-hidden="true">{by < 0 ? "↑" : "↓"}</span>
    </AppLink>
  );
}
