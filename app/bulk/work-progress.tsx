import type { ReactNode } from "react";
import { AppLink } from "../ui/app-link.tsx";

/** How far a bulk action's job is, as a bar and in words. It goes on whether or not this page stays open. */
export function WorkProgress({
  id,
  label,
  done,
  total,
  text,
  detail,
}: {
  /** The action's, for the link that reads the page again without JavaScript. */
  id: string;
  label: string;
  done: number;
  total: number;
  /** "300 of 1,200 orders". */
  text: string;
  detail?: ReactNode;
}) {
  // Said at each quarter only: a number that is read out every second helps nobody.
  const quarter = total > 0 ? Math.floor((done / total) * 4) * 25 : 0;
  return (
    <div className="grid gap-2">
      <progress
        aria-label={label}
        max={Math.max(total, 1)}
        value={done}
        className="h-2 w-full appearance-none overflow-hidden rounded-full bg-neutral [&::-moz-progress-bar]:bg-focus [&::-webkit-progress-bar]:bg-neutral [&::-webkit-progress-value]:bg-focus"
      />
      <p className="flex flex-wrap justify-between gap-x-4 tabular-nums">
        <span className="font-medium">{text}</span>
        <span className="text-ink-subtle">{detail}</span>
      </p>
      <p role="status" className="sr-only">
        {quarter > 0 ? `${quarter} percent done` : "Started"}
      </p>
      <p className="text-ink-subtle">You can leave this page; the work goes on.</p>
      <noscript>
        <AppLink to={`/app/bulk/${id}`} className="font-medium text-link underline">
          See how far it is now
        </AppLink>
      </noscript>
    </div>
  );
}
