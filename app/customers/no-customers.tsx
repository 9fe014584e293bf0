import { ButtonLink } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { type CustomerAddress, listSearch } from "./list-address.ts";

/** Why the list is empty, and how it fills. */
export function NoCustomers({ address }: { address: CustomerAddress }) {
  const { q, after, before } = address;
  if (after || before) {
    return (
      <EmptyState title="No more customers here">
        <p>The list ends before this page.</p>
        <p>
          <ButtonLink to={`/app/customers${listSearch({ ...address, after: null, before: null })}`}>
            Back to the first page
          </ButtonLink>
        </p>
      </EmptyState>
    );
  }
  if (q) {
    return (
      <EmptyState title="No customer matches">
        <p>Customers that match appear here by themselves.</p>
        <p>
          <ButtonLink to={`/app/customers${listSearch({ view: "all" })}`}>Show all customers</ButtonLink>
        </p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No customers yet">
      <p>Whoever places an order with an account of your shop appears here by themselves.</p>
    </EmptyState>
  );
}
