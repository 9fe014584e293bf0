import type { Chosen } from "../orders/selection-bar.ts";
import { AppForm } from "../ui/app-form.tsx";
import { Button } from "../ui/button.tsx";
import type { KindButton } from "./bulk-kind.ts";
import { tickedLimit } from "./bulk-selection.ts";
import { formatCount } from "./describe-bulk-action.ts";

/** The list as it is shown, which is how a file of its ticked orders is written. */
export interface ShownList {
  sort: string;
  columns: readonly string[];
}

interface BulkBarProps {
  selection: Chosen;
  shown: ShownList;
  /** The kinds that need no value. */
  buttons: KindButton[];
  /** The query of the list. */
  q: string;
  count: { count: number; exact: boolean };
  onClear: () => void;
  /** Takes every matching order; without it there is no such button. */
  onSelectAll?: () => void;
}

/** The toolbar over a selection: how much is chosen, and what to do with it. */
export function BulkBar({ selection, shown, buttons, q, count, onClear, onSelectAll }: BulkBarProps) {
  const { ids, all } = selection;
  if (!all && ids.length === 0) return null;
  const matching = `${count.exact ? "" : "about "}${formatCount(count.count)}`;
  const isTooMany = !all && ids.length > tickedLimit;
  const more = !all && count.count > ids.length;
  return (
    <AppForm action="/app/bulk/new" className="flex flex-wrap items-center gap-2 px-3 py-2">
      {all ? (
        <>
          <input type="hidden" name="all" value="1" />
          <input type="hidden" name="q" value={q} />
        </>
      ) : (
        // One field, because somebody may have ticked all that was loaded in an hour of scrolling.
        <input type="hidden" name="ids" value={ids.join(",")} />
      )}
      <ShownListInputs {...shown} />
      <p role="status" className="mr-1 font-semibold tabular-nums">
        {all ? `All ${matching} selected` : `${formatCount(ids.length)} selected`}
      </p>
      {more && onSelectAll && (
        <Button variant="plain" onClick={onSelectAll}>
          Select all {matching} matching
        </Button>
      )}
      <div
        role="toolbar"
        aria-label="Change the selected orders"
        className="flex flex-wrap items-center gap-2"
      >
        {isTooMany ? (
          <span>Up to {formatCount(tickedLimit)} can be ticked one by one.</span>
        ) : (
          <BulkButtons buttons={buttons} />
        )}
        {!isTooMany && (
          <Button type="submit" formAction="/app/exports">
            Export
          </Button>
        )}
        <Button variant="plain" onClick={onClear}>
          Clear
        </Button>
      </div>
    </AppForm>
  );
}

export function ShownListInputs({ sort, columns }: ShownList) {
  return (
    <>
      <input type="hidden" name="sort" value={sort} />
      <input type="hidden" name="columns" value={columns.join(",")} />
    </>
  );
}

/** The kinds of change as submit buttons; a value is chosen on the next page. */
export function BulkButtons({ buttons }: { buttons: KindButton[] }) {
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
      {buttons.map(({ kind, label }) => (
        <Button key={kind} type="submit" name="kind" value={kind}>
          {label}
        </Button>
      ))}
    </>
  );
}
