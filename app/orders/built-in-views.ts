import type { BuiltInView } from "../views/list-screen.ts";
import { orderStatuses, statusLabels } from "./order.ts";

export const builtInViews: [BuiltInView, ...BuiltInView[]] = [
  { key: "all", label: "All", q: "" },
  ...orderStatuses.map((status) => ({
    key: status.toLowerCase(),
    label: statusLabels[status],
    q: `status:${status.toLowerCase()}`,
  })),
  { key: "review", label: "Needs a look", q: "is:review" },
];
