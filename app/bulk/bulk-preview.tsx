import { useNavigation } from "@remix-run/react";
import { AppForm } from "../ui/app-form.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Time } from "../ui/time.tsx";
import { type BulkPreview, countedItems } from "./bulk-kind.ts";
import { type BulkWords, countItems, itemsTitle } from "./bulk-words.ts";
import { formatCount } from "./describe-bulk-action.ts";
import { WorkProgress } from "./work-progress.tsx";

/** What a draft would do, and the button that does it. Nobody is asked twice: what was done can be undone, or it says so. */
export function BulkPreviewCard({
  preview,
  counting,
  takenAt,
  words,
}: {
  preview: BulkPreview;
  /** The action, while its preview is still being counted. */
  counting: { id: string; total: number } | null;
  /** The moment whose orders a job took down. */
  takenAt: string | null;
  words: BulkWords;
}) {
  const { changed, unchanged, conflicts, refused, gone, undecided } = preview;
  const starting = useNavigation().formData?.get("intent") === "start";
  const rows = [
    { label: words.changed.preview, count: changed },
    { label: words.unchanged.preview, count: unchanged },
    { label: "were changed by somebody else meanwhile and stay", count: conflicts },
    ...refused.map(({ reason, count }) => ({ label: `${words.refused.preview} ${reason}`, count })),
    { label: "were deleted", count: gone },
    { label: "were touched meanwhile and are decided one by one", count: undecided },
  ].filter(({ count }, index) => index === 0 || count > 0);
  const worthwhile = changed + undecided > 0;
  return (
    <Card title="Preview">
      <ul className="mb-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 gap-y-1">
        {rows.map(({ label, count }) => (
          <li key={label} className="col-span-2 grid grid-cols-subgrid">
            <span className="min-w-14 text-right font-semibold tabular-nums">{formatCount(count)}</span>
            <span className="min-w-0">{label}</span>
          </li>
        ))}
      </ul>
      {takenAt && (
        <p className="mb-3 text-ink-subtle">
          The {words.item[1]} that matched on <Time at={takenAt} />. What comes to match later is left alone,
          and what is changed meanwhile is not overwritten.
        </p>
      )}
      {counting ? (
        <WorkProgress
          id={counting.id}
          label={`${itemsTitle(words)} counted`}
          done={countedItems(preview)}
          total={counting.total}
          text={`Counting ${formatCount(countedItems(preview))} of ${countItems(words, counting.total)}`}
        />
      ) : worthwhile ? (
        <AppForm className="flex flex-wrap items-center gap-3">
          <input type="hidden" name="intent" value="start" />
          <Button type="submit" variant="primary" busy={starting}>
            {starting ? "Starting…" : `${words.start} ${countItems(words, changed + undecided)}`}
          </Button>
          <p className="text-ink-subtle">{words.before}</p>
        </AppForm>
      ) : (
        <p className="text-ink-subtle">There is nothing to do.</p>
      )}
    </Card>
  );
}
