import type { ReactNode } from "react";
import type { Selection } from "../list/selection.ts";
import { formatCount } from "../search/format-count.ts";
import type { Count } from "../search/read-page.server.ts";
import { AppForm } from "../ui/app-form.tsx";
import { Button } from "../ui/button.tsx";
import type { ListScreen } from "./export-format.ts";
import { maxTicked } from "./list-export.ts";

/** For checkboxes named `ids` that stand outside the form. */
export const tickedFormId = (screen: ListScreen): string => `ticked-${screen}`;

/** The list as it is shown, which is how a file of its ticked rows is written. */
interface ShownList {
  screen: ListScreen;
  sort: string;
  columns: readonly string[];
}

interface TickedRowsProps {
  selection: Selection;
  /** What one row and several are called. */
  words: readonly [string, string];
  shown: ShownList;
  /** The query of the list. */
  q: string;
  count: Count;
  onClear(): void;
  onSelectAll(): void;
  /** What else can be done with them, as buttons beside the file's. */
  children?: ReactNode;
}

/** The toolbar over a selection: how many are ticked, and a file of them. */
export function TickedRows({
  selection,
  words,
  shown,
  q,
  count,
  onClear,
  onSelectAll,
  children,
}: TickedRowsProps) {
  const { ids, all } = selection;
  const isTooMany = !all && ids.size > maxTicked;
  return (
    <AppForm action="/app/exports" className="flex flex-wrap items-center gap-2 px-3 py-2">
      <ShownListInputs {...shown} />
      {all ? (
        <>
          <input type="hidden" name="all" value="1" />
          <input type="hidden" name="q" value={q} />
        </>
      ) : (
        <input type="hidden" name="ids" value={[...ids].join(",")} />
      )}
      <p role="status" className="mr-1 font-semibold tabular-nums">
        {formatCount(all ? count : { count: ids.size, exact: true }, ...words)} selected
      </p>
      {!all && count.count > ids.size && (
        <Button variant="plain" onClick={onSelectAll}>
          Select all {formatCount(count, "", "").trim()}
          {/* What they are stands to the left already: all the buttons have room in one row at 1280 px. */}
          <span className="sr-only"> {words[1]}</span>
        </Button>
      )}
      {isTooMany ? (
        <span>
          Up to {maxTicked.toLocaleString("en")} can be written to a file. Export what a search finds instead.
        </span>
      ) : (
        <Button type="submit">Export</Button>
      )}
      {children}
      <Button variant="plain" onClick={onClear}>
        Clear
      </Button>
    </AppForm>
  );
}

/** The same without JavaScript: it posts the ticked boxes, and with none of them the list as it is searched. */
export function PlainTickedRows({
  q,
  shown,
  words,
  children,
}: Pick<TickedRowsProps, "q" | "shown" | "words" | "children">) {
  return (
    <AppForm
      id={tickedFormId(shown.screen)}
      action="/app/exports"
      className="flex flex-wrap items-center gap-2 p-2"
    >
      <ShownListInputs {...shown} />
      <input type="hidden" name="q" value={q} />
      <span className="text-ink-subtle">Ticked {words[1]}:</span>
      <Button type="submit">Export</Button>
      {children}
    </AppForm>
  );
}

function ShownListInputs({ screen, sort, columns }: ShownList) {
  return (
    <>
      <input type="hidden" name="screen" value={screen} />
      <input type="hidden" name="sort" value={sort} />
      <input type="hidden" name="columns" value={columns.join(",")} />
    </>
  );
}
