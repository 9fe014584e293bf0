import { Button } from "../ui/button.tsx";
import type { ListRow } from "./list-kind.ts";
import { ListPagination, type ListPaginationProps } from "./list-pagination.tsx";
import type { EdgeState } from "./use-loaded-rows.ts";

interface ListEdgeProps<Row extends ListRow, Sort extends string, Column extends string>
  extends ListPaginationProps<Row, Sort, Column> {
  hydrated: boolean;
  /** Whether the list goes on below what is loaded. */
  more: boolean;
  state: EdgeState;
  onRetry(): void;
}

/** Below the rows: the links to the neighbouring pages, or, where rows come by themselves, whether more are coming. */
export function ListEdge<Row extends ListRow, Sort extends string, Column extends string>({
  hydrated,
  more,
  state,
  onRetry,
  ...pages
}: ListEdgeProps<Row, Sort, Column>) {
  const { many } = pages.kind.words;
  return (
    <div className="sticky left-0 grid h-12 place-items-center text-small text-ink-subtle">
      {!hydrated && <ListPagination {...pages} />}
      {hydrated && !more && <p>End of the list</p>}
      {hydrated && more && state !== "failed" && <p>Loading more {many}…</p>}
      {hydrated && more && state === "failed" && (
        <p role="alert" className="flex items-center gap-2">
          More {many} could not be loaded.
          <Button onClick={onRetry}>Try again</Button>
        </p>
      )}
    </div>
  );
}
