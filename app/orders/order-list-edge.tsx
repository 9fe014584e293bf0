import { Button } from "../ui/button.tsx";
import type { ListAddress } from "./list-address.ts";
import type { OrderPage } from "./list-orders.server.ts";
import { ListPagination } from "./list-pagination.tsx";
import type { EdgeState } from "./use-order-list.ts";

interface OrderListEdgeProps {
  address: ListAddress;
  page: Pick<OrderPage, "before" | "after">;
  hydrated: boolean;
  /** Whether the list goes on below what is loaded. */
  more: boolean;
  state: EdgeState;
  onRetry(): void;
}

/** Below the rows: the links to the neighbouring pages, or, where rows come by themselves, whether more are coming. */
export function OrderListEdge({ address, page, hydrated, more, state, onRetry }: OrderListEdgeProps) {
  return (
    <div className="sticky left-0 grid h-12 place-items-center text-small text-ink-subtle">
      {!hydrated && <ListPagination address={address} before={page.before} after={page.after} />}
      {hydrated && !more && <p>End of the list</p>}
      {hydrated && more && state !== "failed" && <p>Loading more orders…</p>}
      {hydrated && more && state === "failed" && (
        <p role="alert" className="flex items-center gap-2">
          More orders could not be loaded.
          <Button onClick={onRetry}>Try again</Button>
        </p>
      )}
    </div>
  );
}
