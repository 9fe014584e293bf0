import { useLiveUpdates } from "../live/use-live-updates.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { formatClock } from "../ui/format-clock.ts";
import { useAppData } from "../ui/use-app-data.ts";
import type { EditFormState } from "./edit-form-state.ts";

/** What happened to the form apart from conflicts: the order is gone, a save got no answer, a draft came back. */
export function EditFormNotices({ state, onDiscard }: { state: EditFormState; onDiscard(): void }) {
  const timeZone = useAppData()?.shop.timeZone ?? "UTC";
  const { ended } = useLiveUpdates();
  if (state.gone) {
    return (
      <Banner tone="critical" live="assertive" title="This order is not there any more">
        <p>
          It was deleted at Shopify, so it cannot be saved. What you typed is still below for you to copy.
        </p>
      </Banner>
    );
  }
  return (
    <>
      {state.trouble === "unreachable" && (
        <Banner
          tone="critical"
          live="assertive"
          title="Could not be saved"
          actions={
            <Button type="submit" name="intent" value="save" formNoValidate>
              Try again
            </Button>
          }
        >
          <p>The server did not answer. What you typed is kept, here and in this tab.</p>
        </Banner>
      )}
      {state.trouble === "signed_out" && (
        <Banner tone="critical" live="assertive" title="Not saved: your session has ended">
          <p>
            Reload this page in your Shopify admin. What you typed is kept in this tab and comes back when you
            open this form.
          </p>
        </Banner>
      )}
      {(state.trouble === "uninstalled" || ended) && (
        <Banner
          tone="critical"
          live="assertive"
          title={
            state.trouble === "uninstalled"
              ? "Not saved: the app was uninstalled"
              : "The app was uninstalled: nothing can be saved here"
          }
        >
          <p>
            Open Atomic Orders again from your Shopify admin to install it. What you typed is kept in this
            tab.
          </p>
        </Banner>
      )}
      {state.restoredFrom && (
        <Banner
          live="polite"
          title={`Restored what you typed at ${formatClock(state.restoredFrom, timeZone)}`}
          actions={<Button onClick={onDiscard}>Discard</Button>}
        />
      )}
    </>
  );
}
