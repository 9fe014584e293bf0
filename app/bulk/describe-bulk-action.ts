import { formatCount as countAbout } from "../search/format-count.ts";
import type { Pip } from "../ui/badge.tsx";
import type { Tone } from "../ui/tone.ts";
import type { BulkActionSummary } from "./bulk-actions.server.ts";
import type { ItemState } from "./bulk-kind.ts";
import { type BulkWords, orderWords } from "./bulk-words.ts";

/** A number as people read it. */
export const formatCount = (count: number): string => count.toLocaleString("en");

export const doneCount = (action: BulkActionSummary): number =>
  action.changed + action.unchanged + action.conflicts + action.refused + action.failed;

/** How far the collecting is: "Collecting 300,000 of about 1.2 M orders". */
export const describeCollecting = ({
  total,
  expected,
  words,
}: Pick<BulkActionSummary, "total" | "expected" | "words">) =>
  `Collecting ${formatCount(total)} of ${countAbout({ count: Math.max(expected ?? 0, total), exact: false }, ...words.item)}`;

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

/** An item's outcome, afterwards and, for a draft, beforehand, where its kind has no words of its own for it. */
const itemLooks: Record<ItemState, { done: string; draft: string; tone: Tone }> = {
  open: { done: "Waiting", draft: "Chosen", tone: "neutral" },
  changed: { ...orderWords.changed, tone: "success" },
  unchanged: { ...orderWords.unchanged, tone: "neutral" },
  conflict: { done: "Conflict", draft: "Conflict", tone: "warning" },
  refused: { ...orderWords.refused, tone: "warning" },
  gone: { done: "Deleted", draft: "Deleted", tone: "neutral" },
  failed: { done: "Failed", draft: "Failed", tone: "critical" },
};

/** How an item's state looks and is called. */
export function itemLook(state: ItemState, words: BulkWords): { done: string; draft: string; tone: Tone } {
  const { tone, done, draft } = itemLooks[state];
  const own = state === "changed" || state === "unchanged" || state === "refused" ? words[state] : {};
  return { done, draft, ...own, tone };
}

/** What came of an action's items, in one line. */
export function describeResults(action: BulkActionSummary): string {
  const { changed, unchanged, conflicts, refused, failed, words } = action;
  const parts = [
    `${formatCount(changed)} ${words.changed.result}`,
    unchanged > 0 && `${formatCount(unchanged)} ${words.unchanged.result}`,
    conflicts > 0 && `${formatCount(conflicts)} ${conflicts === 1 ? "conflict" : "conflicts"}`,
    refused > 0 && `${formatCount(refused)} ${words.refused.result}`,
    failed > 0 && `${formatCount(failed)} failed`,
    action.state === "cancelled" && `${formatCount(action.total - doneCount(action))} not reached`,
  ];
  return parts.filter(Boolean).join(", ");
}
