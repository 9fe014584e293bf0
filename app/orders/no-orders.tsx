import { ButtonLink } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { type ListView, viewLabels } from "./list-view.ts";

/** Why the list is empty, and how it fills. */
export function NoOrders({ view, first, firstPage }: { view: ListView; first: boolean; firstPage: string }) {
  if (!first) {
    return (
      <EmptyState title="No more orders here">
        <p>The list ends before this page.</p>
        <p>
          <ButtonLink to={firstPage}>Back to the newest</ButtonLink>
        </p>
      </EmptyState>
    );
  }
  if (view === "REVIEW") {
    return (
      <EmptyState title="Nothing needs a look">
        <p>An order appears here when Shopify changes something that you had changed.</p>
      </EmptyState>
    );
  }
  if (view !== "ALL") {
    return (
      <EmptyState title={`No order is ${viewLabels[view].toLowerCase()}`}>
        <p>Orders appear here by themselves as their status changes.</p>
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
