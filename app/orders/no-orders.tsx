import { ButtonLink } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { type ListAddress, listSearch } from "./list-address.ts";

/** Why the list is empty, and how it fills. */
export function NoOrders({ address }: { address: Pick<ListAddress, "q" | "after" | "before" | "at"> }) {
  const { q, after, before, at } = address;
  if (after || before || at) {
    return (
      <EmptyState title="No more orders here">
        <p>The list ends before this page.</p>
        <p>
          <ButtonLink to={`/app/orders${listSearch({ view: "all", q })}`}>Back to the newest</ButtonLink>
        </p>
      </EmptyState>
    );
  }
  if (q === "is:review") {
    return (
      <EmptyState title="Nothing needs a look">
        <p>An order appears here when Shopify changes something that you had changed.</p>
      </EmptyState>
    );
  }
  if (q) {
    return (
      <EmptyState title="No order matches">
        <p>Orders that match appear here by themselves.</p>
        <p>
          <ButtonLink to={`/app/orders${listSearch({ view: "all" })}`}>Show all orders</ButtonLink>
        </p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No orders yet">
      <p>
        To see how it works, create a test order in the Shopify admin: <strong>Orders</strong>, then{" "}
        <strong>Create order</strong>. It appears here by itself, without a reload.
      </p>
    </EmptyState>
  );
}
