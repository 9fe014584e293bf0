import { Card } from "../ui/card.tsx";
import type { BulkActionSummary } from "./bulk-actions.server.ts";
import { describeCollecting } from "./describe-bulk-action.ts";
import { StopButton } from "./stop-button.tsx";
import { WorkProgress } from "./work-progress.tsx";

/** How many orders of a big action are taken down so far. What should change can be chosen meanwhile. */
export function BulkCollecting({ action }: { action: BulkActionSummary }) {
  return (
    <Card title="Collecting the orders" action={<StopButton />}>
      <WorkProgress
        id={action.id}
        label="Orders collected"
        done={action.total}
        total={Math.max(action.expected ?? 0, action.total)}
        text={describeCollecting(action)}
      />
    </Card>
  );
}
