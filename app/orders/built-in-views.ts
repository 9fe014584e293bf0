import { orderStatuses, statusLabels } from "./order.ts";

/** A list that every shop has as a tab. */
export interface BuiltInView {
  /** Its name in an address. */
  key: string;
  label: string;
  q: string;
}

export const builtInViews: readonly BuiltInView[] = [
  { key: "all", label: "All", q: "" },
  ...orderStatuses.map((status) => ({
    key: status.toLowerCase(),
    label: statusLabels[status],
    q: `status:${status.toLowerCase()}`,
  })),
  { key: "review", label: "Needs a look", q: "is:review" },
];
