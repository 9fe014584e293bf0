import { AppLink } from "../ui/app-link.tsx";
import { Card } from "../ui/card.tsx";
import type { BulkActionSummary } from "./bulk-actions.server.ts";
import { countOrders, describeResults, doneCount, formatCount } from "./describe-bulk-action.ts";

/** How far an action is. It goes on whether or not this page stays open. */
export function BulkProgress({ action }: { action: BulkActionSummary }) {
  const done = doneCount(action);
  // Said at each quarter only: a number that is read out every second helps nobody.
  const quarter = Math.floor((done / action.total) * 4) * 25;
  return (
    <Card title="Progress">
      <div className="grid gap-2">
        <progress
          aria-label="Orders done"
          max={action.total}
          value={done}
          className="h-2 w-full appearance-none overflow-hidden rounded-full bg-neutral [&::-moz-progress-bar]:bg-focus [&::-webkit-progress-bar]:bg-neutral [&::-webkit-progress-value]:bg-focus"
        />
        <p className="flex flex-wrap justify-between gap-x-4 tabular-nums">
          <span className="font-medium">
            {formatCount(done)} of {countOrders(action.total)}
          </span>
          <span className="text-ink-subtle">
            {done > 0 ? describeResults(action) : "Waiting for its turn"}
          </span>
        </p>
        <p role="status" className="sr-only">
          {quarter > 0 ? `${quarter} percent done` : "Started"}
        </p>
        <p className="text-ink-subtle">You can leave this page; the work goes on.</p>
        <noscript>
          <AppLink to={`/app/bulk/${action.id}`} className="font-medium text-link underline">
            See how far it is now
          </AppLink>
        </noscript>
      </div>
    </Card>
  );
}
