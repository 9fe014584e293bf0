import { Card } from "../ui/card.tsx";
import type { BulkActionSummary } from "./bulk-actions.server.ts";
import { countItems, itemsTitle } from "./bulk-words.ts";
import { describeResults, doneCount, formatCount } from "./describe-bulk-action.ts";
import { StopButton } from "./stop-button.tsx";
import { WorkProgress } from "./work-progress.tsx";

/** How far an action is, and the button that stops it. */
export function BulkProgress({ action }: { action: BulkActionSummary }) {
  const done = doneCount(action);
  return (
    <Card title="Progress" action={<StopButton />}>
      <WorkProgress
        id={action.id}
        label={`${itemsTitle(action.words)} done`}
        done={done}
        total={action.total}
        text={`${formatCount(done)} of ${countItems(action.words, action.total)}`}
        detail={done > 0 ? describeResults(action) : "Waiting for its turn"}
      />
    </Card>
  );
}
