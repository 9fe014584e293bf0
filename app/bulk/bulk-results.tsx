import { useNavigation } from "@remix-run/react";
import { AppForm } from "../ui/app-form.tsx";
import { Banner } from "../ui/banner.tsx";
import { Button, ButtonLink } from "../ui/button.tsx";
import type { BulkActionDetail } from "./bulk-actions.server.ts";
import { countItems, itemsTitle } from "./bulk-words.ts";
import { describeResults, doneCount } from "./describe-bulk-action.ts";

/** What came of an action, and what can be done about it: take it back, or try the rest again. */
export function BulkResults({ action }: { action: BulkActionDetail }) {
  const { state, total, expected, changed, conflicts, refused, failed, undoneBy, undoOf, words } = action;
  const stopped = state === "cancelled";
  // An action that was stopped before all its orders were known has none to try again.
  const notReached = stopped && expected === null ? total - doneCount(action) : 0;
  const retriable = conflicts + failed + notReached;
  const canUndo = changed > 0 && !undoneBy && action.canUndo;
  const canRetry = retriable > 0 && !action.forgotten;
  const hasActions = canUndo || canRetry || undoneBy || undoOf || (changed > 0 && words.after);
  const intent = useNavigation().formData?.get("intent");
  return (
    <Banner
      tone={stopped || retriable + refused > 0 ? "warning" : "success"}
      live="polite"
      title={
        stopped && expected !== null
          ? "Stopped before anything was changed."
          : `${stopped ? "Stopped" : "Done"}: ${describeResults(action)}.`
      }
      actions={
        hasActions && (
          <>
            {canUndo && (
              <AppForm>
                <input type="hidden" name="intent" value="undo" />
                <Button type="submit" busy={intent === "undo"}>
                  {undoOf ? "Redo" : "Undo"}
                  <span className="sr-only"> the change of {countItems(words, changed)}</span>
                </Button>
              </AppForm>
            )}
            {changed > 0 && words.after && <ButtonLink to={words.after.to}>{words.after.label}</ButtonLink>}
            {undoneBy && <ButtonLink to={`/app/bulk/${undoneBy}`}>See the undo</ButtonLink>}
            {undoOf && <ButtonLink to={`/app/bulk/${undoOf}`}>See the undone action</ButtonLink>}
            {canRetry && (
              <AppForm>
                <input type="hidden" name="intent" value="retry" />
                <Button type="submit" busy={intent === "retry"}>
                  {notReached === retriable
                    ? `Go on with ${countItems(words, notReached)}`
                    : `Try ${countItems(words, retriable)} again`}
                </Button>
              </AppForm>
            )}
          </>
        )
      }
    >
      {conflicts > 0
        ? `${itemsTitle(words)} that somebody else had changed were left as they are. A new try works on what they are now.`
        : null}
      {action.forgotten ? "This is too long ago to be undone." : null}
    </Banner>
  );
}
