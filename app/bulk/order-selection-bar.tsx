import type { ListAddress } from "../orders/list-address.ts";
import type { SelectionBar } from "../orders/selection-bar.ts";
import type { Count } from "../search/read-page.server.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { BulkForm, bulkFormId } from "./bulk-form.tsx";
import type { KindButton } from "./bulk-kind.ts";

/**
 * What the list of orders offers for ticked ones.
 * @param buttons the kinds that need no value, by `kindButtons`
 */
export function orderSelectionBar(
  { q, sort, direction }: Pick<ListAddress, "q" | "sort" | "direction">,
  columns: readonly string[],
  count: Count,
  buttons: KindButton[],
): SelectionBar {
  const shown = { sort: `${sort}-${direction}`, columns };
  return {
    formId: bulkFormId,
    plain: <BulkForm q={q} shown={shown} buttons={buttons} />,
    over: (bar) => <BulkBar q={q} shown={shown} count={count} buttons={buttons} {...bar} />,
  };
}
