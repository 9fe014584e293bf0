import type { EdgeState } from "./use-loaded-rows.ts";

interface NewRowsPillProps {
  words: { one: string; many: string };
  count: number;
  onShow(): void;
  /** How loading what comes before the rows stands. */
  before: EdgeState;
  onRetry(): void;
}

const pill =
  "pointer-events-auto min-h-8 rounded-full bg-primary px-4 py-1.5 text-small font-semibold text-on-primary " +
  "shadow-raised hover:bg-primary-hover focus-visible:rounded-full";

/** Says that rows have come in above, and leads there. Until then nothing moves. */
export function NewRowsPill({ words: { one, many }, count, onShow, before, onRetry }: NewRowsPillProps) {
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 top-11 z-5 flex justify-center">
      {count > 0 && (
        <button type="button" onClick={onShow} className={pill}>
          <span aria-hidden="true">↑ </span>
          {count} new {count === 1 ? one : many}
        </button>
      )}
      {count === 0 && before === "failed" && (
        <button type="button" onClick={onRetry} className={pill}>
          <span className="inline-block first-letter:uppercase">{many}</span> above could not be loaded. Try
          again
        </button>
      )}
    </div>
  );
}
