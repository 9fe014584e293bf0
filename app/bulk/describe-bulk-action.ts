import { formatCount as countAbout } from "../search/format-count.ts";
import type { Pip } from "../ui/badge.tsx";
import type { Tone } from "../ui/tone.ts";
import type { BulkActionSummary } from "./bulk-actions.server.ts";
import type { ItemState } from "./bulk-kind.ts";

/** A number as people read it. */
export const formatCount = (count: number): string => count.toLocaleString("en");

export const countOrders = (count: number): string =>
  `${formatCount(count)} ${count === 1 ? "order" : "orders"}`;

export const doneCount = (action: BulkActionSummary): number =>
  action.changed + action.unchanged + action.conflicts + action.refused + action.failed;

/** How far the collecting is: "Collecting 300,000 of about 1.2 M orders". */
export const describeCollecting = ({ total, expected }: Pick<BulkActionSummary, "total" | "expected">) =>
  `Collecting ${formatCount(total)} of ${countAbout({ count: Math.max(expected ?? 0, total), exact: false }, "order", "orders")}`;

/** The outcome of an action, or how far it is, in a word. */
export function describeState(action: BulkActionSummary): { label: string; tone: Tone; pip: Pip } {
  switch (action.state) {
    case "collecting":
      return { label: "Collecting", tone: "info", pip: "half" };
    case "counting":
    case "draft":
      return { label: "Not started", tone: "neutral", pip: "empty" };
    case "queued":
      return { label: "Waiting", tone: "info", pip: "empty" };
    case "running":
      return { label: "Running", tone: "info", pip: "half" };
    case "done":
      return action.conflicts + action.refused + action.failed > 0
        ? { label: "Done, some left", tone: "warning", pip: "full" }
        : { label: "Done", tone: "success", pip: "full" };
    case "cancelled":
      return { label: "Stopped", tone: "warning", pip: "half" };
  }
}

/** An order's outcome, afterwards and, for a draft, beforehand. */
export const itemLooks: Record<ItemState, { done: string; draft: string; tone: Tone }> = {
  open: { done: "Waiting", draft: "Chosen", tone: "neutral" },
  changed: { done: "Changed", draft: "Will change", tone: "success" },
  unchanged: { done: "Nothing to change", draft: "Nothing to change", tone: "neutral" },
  conflict: { done: "Conflict", draft: "Conflict", tone: "warning" },
  refused: { done: "Not allowed", draft: "Not allowed", tone: "warning" },
  gone: { done: "Deleted", draft: "Deleted", tone: "neutral" },
  failed: { done: "Failed", draft: "Failed", tone: "critical" },
};

/** What came of an action's orders, in one line. */
export function describeResults(action: BulkActionSummary): string {
  const { changed, unchanged, conflicts, refused, failed } = action;
  const parts = [
    `${formatCount(changed)} changed`,
    unchanged > 0 && `${formatCount(unchanged)} had nothing to change`,
    conflicts > 0 && `${formatCount(conflicts)} ${conflicts === 1 ? "conflict" : "conflicts"}`,
    refused > 0 && `${formatCount(refused)} not allowed or deleted`,
    failed > 0 && `${formatCount(failed)} failed`,
    action.state === "cancelled" && `${formatCount(action.total - doneCount(action))} not reached`,
  ];
  return parts.filter(Boolean).join(", ");
}
