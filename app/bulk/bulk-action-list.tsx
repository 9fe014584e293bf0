import { AppLink } from "../ui/app-link.tsx";
import { Badge } from "../ui/badge.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Time } from "../ui/time.tsx";
import type { BulkActionSummary } from "./bulk-actions.server.ts";
import { isFinished } from "./bulk-state.ts";
import { countItems } from "./bulk-words.ts";
import {
  describeCollecting,
  describeResults,
  describeState,
  doneCount,
  formatCount,
} from "./describe-bulk-action.ts";

/** The shop's bulk actions, newest first. */
export function BulkActionList({ actions }: { actions: BulkActionSummary[] }) {
  if (actions.length === 0) {
    return (
      <EmptyState title="No bulk actions yet">
        <p>
          Choose orders in the list and change them together. What was done stands here, and can be undone.
        </p>
      </EmptyState>
    );
  }
  return (
    <ul>
      {actions.map((action) => {
        const { label, tone, pip } = describeState(action);
        return (
          <li
            key={action.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-2.5 last:border-b-0"
          >
            <div className="min-w-0">
              <AppLink
                to={`/app/bulk/${action.id}`}
                className="font-semibold [overflow-wrap:anywhere] text-link hover:underline"
              >
                {action.title}
              </AppLink>
              <p className="text-ink-subtle">
                {action.actorName} · <Time at={action.createdAt} /> · {progressOf(action)}
              </p>
            </div>
            <Badge tone={tone} pip={pip}>
              {label}
            </Badge>
          </li>
        );
      })}
    </ul>
  );
}

function progressOf(action: BulkActionSummary): string {
  if (action.state === "collecting") return describeCollecting(action);
  if (isFinished(action.state)) return describeResults(action);
  if (action.state === "running")
    return `${formatCount(doneCount(action))} of ${countItems(action.words, action.total)}`;
  return countItems(action.words, action.total);
}
