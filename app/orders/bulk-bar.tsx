import { AppForm } from "../ui/app-form.tsx";
import { Button } from "../ui/button.tsx";
import { formatCount } from "./describe-bulk-action.ts";

export interface BulkSelectionState {
  /** The orders ticked one by one. */
  ids: string[];
  /** Every order that the query matches, whatever is ticked. */
  all: boolean;
}

interface BulkBarProps {
  selection: BulkSelectionState;
  /** The query of the list. */
  q: string;
  count: { count: number; exact: boolean };
  onClear: () => void;
  /** Takes every matching order; without it there is no such button. */
  onSelectAll?: () => void;
}

/** The toolbar over a selection: how much is chosen, and what to do with it. */
export function BulkBar({ selection, q, count, onClear, onSelectAll }: BulkBarProps) {
  const { ids, all } = selection;
  if (!all && ids.length === 0) return null;
  const matching = `${count.exact ? "" : "about "}${formatCount(count.count)}`;
  const more = !all && count.count > ids.length;
  return (
    <AppForm action="/app/bulk/new" className="flex flex-wrap items-center gap-2 px-3 py-2">
      {all ? (
        <>
          <input type="hidden" name="all" value="1" />
          <input type="hidden" name="q" value={q} />
        </>
      ) : (
        ids.map((id) => <input key={id} type="hidden" name="ids" value={id} />)
      )}
      <p role="status" className="mr-1 font-semibold tabular-nums">
        {all ? `All ${matching} selected` : `${formatCount(ids.length)} selected`}
      </p>
      {more && onSelectAll && (
        <Button variant="plain" onClick={onSelectAll}>
          Select all {matching} matching
        </Button>
      )}
      <div role="toolbar" aria-label="Change the selected orders" className="flex flex-wrap gap-2">
        <BulkButtons />
        <Button type="submit" formAction="/app/exports">
          Export
        </Button>
        <Button variant="plain" onClick={onClear}>
          Clear
        </Button>
      </div>
    </AppForm>
  );
}

/** The kinds of change as submit buttons; the value is chosen on the next page. */
export function BulkButtons() {
  return (
    <>
      <Button type="submit" name="kind" value="set_status">
        Set status
      </Button>
      <Button type="submit" name="kind" value="add_tag">
        Add tag
      </Button>
      <Button type="submit" name="kind" value="remove_tag">
        Remove tag
      </Button>
    </>
  );
}
