import type { ListAddress } from "../orders/list-address.ts";
import type { SelectionBar } from "../orders/selection-bar.ts";
import type { Count } from "../search/read-page.server.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { BulkForm, bulkFormId } from "./bulk-form.tsx";

/** What the list of orders offers for ticked ones. */
export function orderSelectionBar(
  { q, sort, direction }: Pick<ListAddress, "q" | "sort" | "direction">,
  columns: readonly string[],
  count: Count,
): SelectionBar {
  const shown = { sort: `${sort}-${direction}`, columns };
  return {
    formId: bulkFormId,
    plain: <BulkForm q={q} shown={shown} />,
    over: (bar) => <BulkBar q={q} shown={shown} count={count} {...bar} />,
  };
}
