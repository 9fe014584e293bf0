import type { EdgeState } from "./use-order-list.ts";

interface NewOrdersPillProps {
  count: number;
  onShow(): void;
  /** How loading what comes before the rows stands. */
  before: EdgeState;
  onRetry(): void;
}

const pill =
  "pointer-events-auto min-h-8 rounded-full bg-primary px-4 py-1.5 text-small font-semibold text-on-primary " +
  "shadow-raised hover:bg-primary-hover focus-visible:rounded-full";

/** Says that orders have come in above, and leads there. Until then nothing moves. */
export function NewOrdersPill({ count, onShow, before, onRetry }: NewOrdersPillProps) {
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 top-11 z-5 flex justify-center">
      {count > 0 && (
        <button type="button" onClick={onShow} className={pill}>
          <span aria-hidden="true">↑ </span>
          {count} new {count === 1 ? "order" : "orders"}
        </button>
      )}
      {count === 0 && before === "failed" && (
        <button type="button" onClick={onRetry} className={pill}>
          Orders above could not be loaded. Try again
        </button>
      )}
    </div>
  );
}
