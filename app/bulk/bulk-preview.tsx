import { useNavigation } from "@remix-run/react";
import { AppForm } from "../ui/app-form.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { countOrders, formatCount } from "./describe-bulk-action.ts";
import type { BulkPreview } from "./preview-bulk-action.server.ts";

/** What a draft would do, and the button that does it. Nobody is asked twice: what was done can be undone. */
export function BulkPreviewCard({ preview }: { preview: BulkPreview }) {
  const { changed, unchanged, conflicts, refused, gone, undecided } = preview;
  const starting = useNavigation().formData?.get("intent") === "start";
  const rows = [
    { label: "will change", count: changed },
    { label: "have nothing to change", count: unchanged },
    { label: "were changed by somebody else meanwhile and stay", count: conflicts },
    ...refused.map(({ reason, count }) => ({ label: `cannot be changed. ${reason}`, count })),
    { label: "were deleted", count: gone },
    { label: "were touched meanwhile and are decided one by one", count: undecided },
  ].filter(({ count }, index) => index === 0 || count > 0);
  const worthwhile = changed + undecided > 0;
  return (
    <Card title="Preview">
      <ul className="mb-3 grid gap-1">
        {rows.map(({ label, count }) => (
          <li key={label} className="flex gap-2">
            <span className="min-w-14 text-right font-semibold tabular-nums">{formatCount(count)}</span>
            <span className="min-w-0">{label}</span>
          </li>
        ))}
      </ul>
      {worthwhile ? (
        <AppForm className="flex flex-wrap items-center gap-3">
          <input type="hidden" name="intent" value="start" />
          <Button type="submit" variant="primary" busy={starting}>
            {starting ? "Starting…" : `Change ${countOrders(changed + undecided)}`}
          </Button>
          <p className="text-ink-subtle">You can undo it afterwards.</p>
        </AppForm>
      ) : (
        <p className="text-ink-subtle">There is nothing to do.</p>
      )}
    </Card>
  );
}
